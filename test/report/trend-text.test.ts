// Trends at a terminal.
import { describe, expect, it } from 'vitest';
import type { Trend } from '../../src/history/index.js';
import { changedTrendsText, trendsText } from '../../src/report/index.js';

const point = (commit: string, value: number) => ({
  commit,
  value,
  startedAt: '2026-01-02T00:00:00.000Z',
  runs: ['r'],
});
const points = [point('aaa', 100), point('bbb', 100), point('ccc', 120)];
const [, before, after] = points as [(typeof points)[0], (typeof points)[0], (typeof points)[0]];
const RISEN: Trend = {
  caseId: 'demo/sum',
  metric: 'p50',
  unit: 'ns',
  fingerprint: '0123456789abcdef',
  origin: 'forgebench',
  points,
  changes: [{ index: 2, magnitude: 0.2, confidence: 0.999_99, alarm: true, before, after }],
};
const OPTIONS = { width: 100, machines: new Map([[RISEN.fingerprint, 'a CPU, 2 cores']]) };

describe('the trend of a case', () => {
  it('has its machine, its bars from lowest to highest, and when, how much and which commit', () => {
    expect(trendsText([RISEN], OPTIONS)).toBe(
      [
        'demo/sum · p50 · a CPU, 2 cores 01234567',
        '  ▁▁█  100 ns … 120 ns, 3 commits in 3 runs, last 120 ns',
        '  +20 % regression at ccc (2026-01-02), after bbb (2026-01-02): 100 ns → 120 ns, confidence >99.99 %',
        '',
      ].join('\n'),
    );
  });

  it('speaks of runs alone where none has a commit', () => {
    const text = trendsText([{ ...RISEN, points: points.map((each) => ({ ...each, commit: null })) }], OPTIONS);
    expect(text).toContain('100 ns … 120 ns, 3 runs, last 120 ns');
  });

  it('says what was decided about a change, and that it came back', () => {
    const triage = {
      ...{ caseId: 'demo/sum', metric: 'p50', fingerprint: RISEN.fingerprint, run: 'r', state: 'fixed' as const },
      ...{ note: '\u001b[31mreverted', author: 'Ada', at: '2026-01-03T00:00:00.000Z', magnitude: 0.2 },
    };
    const changes = RISEN.changes.map((each) => ({ ...each, triage, alarm: false }));
    expect(trendsText([{ ...RISEN, changes }], OPTIONS)).toContain(
      '+20 % at ccc (2026-01-02), after bbb (2026-01-02): 100 ns → 120 ns, confidence >99.99 %; fixed by Ada on 2026-01-03: ',
    );
    expect(trendsText([{ ...RISEN, changes }], OPTIONS)).not.toContain('\u001b');
    const back = changes.map((each) => ({ ...each, returned: true }));
    expect(trendsText([{ ...RISEN, changes: back }], OPTIONS)).toContain('+20 % came back at ccc');
  });

  it('has a flat line where nothing moved, and fewer bars than points where there are many', () => {
    const flat = { ...RISEN, points: Array.from({ length: 500 }, () => point('x', 5)), changes: [] };
    const [, line = '', last] = trendsText([flat], OPTIONS).split('\n');
    expect(line).toMatch(/^ {2}▁{60} {2}5\.00 ns, 500 commits/);
    expect(last).toBe('  no change');
  });
});

describe('what changed in many trends', () => {
  it('begins with regressions, and counts all that were looked at', () => {
    const fallen = {
      ...RISEN,
      caseId: 'demo/other',
      changes: RISEN.changes.map((each) => ({ ...each, magnitude: -0.5, alarm: false })),
    };
    const lines = changedTrendsText([fallen, RISEN], 9, OPTIONS).split('\n');
    expect(lines[0]).toBe('9 series: 2 changes, 1 regression');
    expect([lines[1], lines[3]]).toEqual(['demo/sum', 'demo/other']);
  });
});
