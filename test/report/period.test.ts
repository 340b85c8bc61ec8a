// What a stretch of time brought, as Markdown, HTML and JSON.
import { describe, expect, it } from 'vitest';
import type { Trend, TrendPoint } from '../../src/history/index.js';
import type { Profile } from '../../src/profile/index.js';
import {
  churnOf,
  hottestFunction,
  type PeriodReport,
  periodToHtml,
  periodToJson,
  periodToMarkdown,
  steepGrowth,
} from '../../src/report/index.js';
import type { Growth } from '../../src/statistics/index.js';
import type { StoredEntry } from '../../src/store/index.js';
import { storedCase, storedRun } from '../store/stored-runs.js';

const HOSTILE = '"><script>window.hacked=1</script>`|[x](javascript:y)';

const point = (commit: string, value: number): TrendPoint => ({
  ...{ commit, value, startedAt: '2026-01-05T00:00:00.000Z', runs: ['r'] },
});
const [before, after] = [point('aaa', 100), point('0123456789abcdef', 120)];
const change = { index: 1, magnitude: 0.2, confidence: 0.9999, alarm: true, before, after };
const trend: Trend = {
  ...{ caseId: 'demo/sum', metric: 'p50', unit: 'ns', fingerprint: '0123', origin: 'forgebench' },
  points: [before, after],
  changes: [change],
};
const growth = (benchmarkId: string, value: number, low: number): Growth => ({
  ...{ benchmarkId, parameter: 'n', fixed: {}, points: [] },
  exponent: { estimate: { value, low, high: value + 0.1 } },
});

const last = storedRun('run-9', {
  cases: [
    { ...storedCase('demo/sum', 120), targets: [{ text: 'p50 < 100 ns', status: 'missed' }] },
    { ...storedCase('demo/other', 50), targets: [{ text: 'p50 < 1 ms', status: 'met' }] },
  ],
});
const entry: StoredEntry = {
  id: 'run-9',
  origin: 'forgebench',
  startedAt: '2026-01-07T08:00:00.000Z',
  status: 'finished',
  fingerprint: '0123',
  commit: 'ccc',
  subjects: {},
};

const PERIOD: PeriodReport = {
  place: 'store.db',
  since: new Date('2026-01-01T00:00:00.000Z'),
  until: new Date('2026-01-08T00:00:00.000Z'),
  runs: [entry],
  newest: entry,
  last,
  changes: {
    regressions: [{ trend, change, interval: { low: 1.19, high: 1.21 }, status: 'lasts', undoneBy: null, cause: null }],
    improvements: [],
    settled: [],
    smallRises: 1,
    older: 2,
  },
  suites: [
    { suite: 'demo', fingerprint: '0123', cases: 2, slower: 1, faster: 0, typical: { ratio: 1.1, low: 1, high: null } },
  ],
  machines: new Map([['0123', 'a CPU']]),
  opportunities: {
    functions: [{ caseId: 'demo/sum', name: 'add', origin: 'user', file: 'a.mjs', line: 3, share: 0.8 }],
    profiled: 1,
    churn: [{ caseId: 'demo/sum', allocations: 3, bytes: 480, bytesPerSecond: 4e9 }],
    growth: [growth('demo/sum', 2, 1.9)],
  },
};

describe('the report of a period', () => {
  it('has runs, targets, suites, regressions and opportunities as Markdown', () => {
    const lines = periodToMarkdown(PERIOD).split('\n');
    expect(lines[0]).toBe('# 2026-01-01 to 2026-01-08');
    expect(lines).toContain(
      '1 run of 1 commit on 1 machine: 1 regression (1 lasts), 0 improvements, 1 smaller rise of p50.',
    );
    expect(lines).toContain('| `demo/sum` | p50 \\< 100 ns | missed | 120 ns | 119 ns … 121 ns |');
    expect(lines).toContain('| demo | 2 | 1 | 0 | +10 % | – |');
    expect(lines).toContain(
      '| `demo/sum` | +20 % | +19 % … +21 % | 100 ns → 120 ns | 0123456789 (2026-01-05) | aaa (2026-01-05) | lasts |',
    );
    expect(lines).toContain('2 regressions from before last; "forgebench history" lists all.');
    expect(lines).toContain('| `add` | 80 % | `demo/sum` | a.mjs:3 |');
    expect(lines.join('\n')).toContain('1 met, 1 missed, 0 unclear in the last run, run-9');
  });

  it('says at which commit a regression was undone, and why it came', () => {
    const none = { base: 0, head: 0 };
    const cause = {
      ...{ caseId: 'demo/sum', launches: none, samples: none, resampled: 'samples' as const },
      operation: { base: 100, head: 120 },
      frames: [
        {
          ...{ name: 'grown', origin: 'user', isNew: false, base: 10, head: 30, through: [], callers: ['run'] },
          growth: { value: 20, low: 18, high: 22 },
        },
      ],
    };
    const [regression] = PERIOD.changes.regressions as [PeriodReport['changes']['regressions'][0]];
    const undone = { ...regression, status: 'undone' as const, undoneBy: point('healed', 100), cause };
    const text = periodToMarkdown({ ...PERIOD, changes: { ...PERIOD.changes, regressions: [undone] } });
    expect(text).toContain('| undone at healed (2026-01-05) |');
    expect(text).toMatch(
      /### Why slower\n\n- `demo\/sum`: \+20\.0 ns \(18\.0 ns … 22\.0 ns\), 100 % .*: grown; called by run/,
    );
  });

  it('tells what was settled by whom, and why, in a table of its own', () => {
    const key = { caseId: 'demo/sum', metric: 'p50', fingerprint: '0123', run: 'r' };
    const triage = { ...key, state: 'accepted', note: 'as *planned*', author: 'Ada' } as const;
    const settled = { ...change, triage: { ...triage, at: '2026-01-06T00:00:00.000Z', magnitude: 0.2 } };
    const changes = {
      ...PERIOD.changes,
      regressions: [],
      settled: [{ trend, change: settled, interval: null }],
    };
    const text = periodToMarkdown({ ...PERIOD, changes });
    expect(text).toMatch(/## Regressions\n\nNone\./);
    expect(text).toMatch(
      /## Settled\n\n.*\n.*\n\| `demo\/sum` \| \+20 % .* \| accepted by Ada on 2026-01-06: as \\\*planned\\\* \|/,
    );
    expect(JSON.parse(periodToJson({ ...PERIOD, changes })).settled).toMatchObject([{ triage: { author: 'Ada' } }]);
  });

  it('says that there was no run, and which was the last one', () => {
    const quiet = periodToMarkdown({ ...PERIOD, runs: [] });
    expect(quiet).toContain('No run started since 2026-01-01 00:00 UTC. The last one was run-9, 2026-01-07 08:00 UTC.');
    const empty = periodToMarkdown({ ...PERIOD, runs: [], newest: null });
    expect(empty).toContain('The store "store.db" has no runs. Make one with "forgebench run".');
  });

  it('takes no name for markup', () => {
    const named = { ...trend, caseId: HOSTILE };
    const [regression] = PERIOD.changes.regressions as [PeriodReport['changes']['regressions'][0]];
    const changes = { ...PERIOD.changes, regressions: [{ ...regression, trend: named }] };
    const hostile = { ...PERIOD, changes, suites: PERIOD.suites.map((each) => ({ ...each, suite: HOSTILE })) };
    const html = periodToHtml(hostile, { style: 'p {}' });
    expect(html).not.toContain('<script');
    expect(html).toContain('&quot;&gt;&lt;script&gt;window.hacked=1&lt;/script&gt;');
    expect(periodToMarkdown(hostile)).not.toMatch(/(?<!\\)<script|(?<!\\)\[x/);
  });

  it('cuts a long table, and says how many rows are left out', () => {
    const [regression] = PERIOD.changes.regressions as [PeriodReport['changes']['regressions'][0]];
    const regressions = Array.from({ length: 40 }, () => regression);
    expect(periodToMarkdown({ ...PERIOD, changes: { ...PERIOD.changes, regressions } })).toContain(
      '\n15 more are left out.\n',
    );
  });

  it('is whole as JSON, without the points of its trends', () => {
    const { regressions, last: told, opportunities } = JSON.parse(periodToJson(PERIOD));
    expect(regressions).toMatchObject([
      { caseId: 'demo/sum', magnitude: 0.2, interval: { low: 1.19 }, status: 'lasts' },
    ]);
    expect(regressions[0]).not.toHaveProperty('trend');
    expect(told.targets).toHaveLength(2);
    expect(opportunities.functions).toHaveLength(1);
  });
});

describe('opportunities', () => {
  const profile: Profile = {
    ...{ engine: 'cpu', unit: 'nanoseconds', interval: 1 },
    frames: [
      { name: 'gc', origin: 'gc' },
      { name: 'work', origin: 'user' },
      { name: 'rest', origin: 'rust' },
    ],
    threads: [
      {
        ...{ name: 'main', id: 1, javascript: true },
        stacks: [6, 3, 1].map((weight, frame) => ({ frames: [frame], weight, samples: weight })),
      },
    ],
  };

  it('are the hottest functions that somebody could change, as a share of all time', () => {
    expect(hottestFunction('demo/sum', profile)).toEqual({
      caseId: 'demo/sum',
      name: 'work',
      origin: 'user',
      share: 0.3,
    });
    expect(hottestFunction('demo/sum', { ...profile, unit: 'bytes' })).toBeUndefined();
    expect(hottestFunction('demo/sum', { ...profile, threads: [] })).toBeUndefined();
  });

  it('count what the runtime did for a function as its time', () => {
    const frames: Profile['frames'] = [
      { name: 'run', origin: 'user' },
      { name: 'work', origin: 'user' },
      { name: 'Builtin:StringPrototypeSplit', origin: 'v8' },
    ];
    const stacks = [
      { frames: [0], weight: 2, samples: 2 },
      { frames: [0, 1], weight: 1, samples: 1 },
      { frames: [0, 1, 2], weight: 7, samples: 7 },
    ];
    const threads = [{ name: 'main', id: 1, javascript: true, stacks }];
    expect(hottestFunction('demo/words', { ...profile, frames, threads })).toMatchObject({ name: 'work', share: 0.8 });
  });

  it('are the cases that keep the allocator busiest', () => {
    const allocating = (id: string, p50: number, bytes: number) => {
      const stored = storedCase(id, p50);
      return {
        ...stored,
        figures: { ...stored.figures, 'allocated-bytes': { value: bytes, low: null, high: null, unit: 'B' } },
      };
    };
    const cases = [allocating('a', 100, 10), allocating('b', 10, 10), allocating('none', 10, 0), storedCase('c', 10)];
    expect(churnOf({ cases })).toEqual([
      { caseId: 'b', allocations: 3, bytes: 10, bytesPerSecond: 1e9 },
      { caseId: 'a', allocations: 3, bytes: 10, bytesPerSecond: 1e8 },
    ]);
  });

  it('are benchmarks that surely grow faster than their parameter, the fastest first', () => {
    const missing = { ...growth('missing', 0, 0), exponent: { missing: 'too few sizes' } };
    const all = [
      growth('flat', 0.1, 0),
      growth('maybe', 1.5, 0.9),
      growth('some', 1.2, 1.1),
      growth('most', 2, 1.9),
      missing,
    ];
    expect(steepGrowth(all).map(({ benchmarkId }) => benchmarkId)).toEqual(['most', 'some']);
  });
});
