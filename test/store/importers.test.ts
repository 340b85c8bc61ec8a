// Results of other tools as runs: real files of each, and files that are damaged in every way.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { generator } from '../../scripts/random.js';
import { importFile, type StoredRun, StoreError, storedRun } from '../../src/store/index.js';
import { storedRun as sampleRun } from './stored-runs.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Imports a file with this content. */
function importText(text: string): StoredRun[] {
  const file = join(folder, 'results');
  writeFileSync(file, text);
  return importFile(file).runs;
}

const HYPERFINE = JSON.stringify({
  results: [
    { command: 'sleep 0.01', mean: 0.011, times: [0.0105, 0.011, 0.0115], exit_codes: [0, 0, 0] },
    { command: 'grep -r x', mean: 0.2, times: [0.2, 0.2], parameters: { threads: '4' } },
  ],
});
const VITEST = JSON.stringify({
  files: [
    {
      filepath: '/p/a.bench.ts',
      groups: [
        {
          fullName: 'a.bench.ts > sums',
          benchmarks: [
            { id: '1_0', name: 'add up', samples: [], mean: 0.0005, median: 0.0004, p75: 0.0005, p99: 0.001, hz: 2e6 },
          ],
        },
      ],
    },
  ],
});
const TINYBENCH_2 = JSON.stringify([
  { name: 'plus one', result: { samples: [0.001, 0.003, 0.002], mean: 0.002, p99: 0.003 } },
]);
const TINYBENCH_3 = JSON.stringify([
  { name: 'plus one', result: { latency: { mean: 0.002, p50: 0.0015, p99: 0.003 } } },
]);
const GO = `goos: linux
goarch: amd64
pkg: example.com/x/encoding
cpu: AMD EPYC 7B13
commit: abcdef012345
BenchmarkEncode/size=10/fast-8         	 1000000	      1200 ns/op	      56 B/op	       2 allocs/op
BenchmarkEncode/size=10/fast-8         	 1000000	      1300 ns/op	      56 B/op	       2 allocs/op
BenchmarkPlain 	 500	 2.5 ns/op	 12.5 MB/s
PASS
ok  	example.com/x/encoding	2.5s
pkg: example.com/x/encoding
BenchmarkEncode/size=10/fast-8         	 1000000	      1250 ns/op	      56 B/op	       2 allocs/op
PASS
`;

describe('results of hyperfine', () => {
  it('are a case for each command, and a launch for each execution', () => {
    const [run] = importText(HYPERFINE);
    expect(run).toMatchObject({ origin: 'hyperfine', status: 'finished', record: null, environment: { commit: null } });
    expect(run?.environment.machine).toMatchObject({ cpu: { model: null }, memoryBytes: null, node: null });
    expect(run?.cases.map(({ id }) => id)).toEqual(['hyperfine/sleep-0.01', 'hyperfine/grep--r-x[threads=4]']);
    expect(run?.cases[0]?.launches.map(({ medianNs }) => medianNs)).toEqual([10.5e6, 11e6, 11.5e6]);
    const { value, low, high } = run?.cases[0]?.figures.p50 ?? {};
    expect(value).toBeCloseTo(11e6, -5);
    expect(low).toBeLessThan(10.5e6);
    expect(high).toBeGreaterThan(11.5e6);
  });
});

describe('results of vitest and tinybench', () => {
  it('are figures in nanoseconds, without an interval, because one process was measured', () => {
    const [run] = importText(VITEST);
    expect(run).toMatchObject({ origin: 'vitest' });
    expect(run?.cases).toMatchObject([
      {
        id: 'sums/add-up',
        launches: [],
        figures: { p50: { value: 400, low: null, high: null, unit: 'ns' }, p99: { value: 1000 } },
      },
    ]);
  });

  it('are read from both shapes of tinybench', () => {
    expect(importText(TINYBENCH_2)[0]?.cases).toMatchObject([
      { id: 'tinybench/plus-one', figures: { p50: { value: 2000 } }, launches: [{ samplesNs: [1000, 3000, 2000] }] },
    ]);
    expect(importText(TINYBENCH_3)[0]?.cases).toMatchObject([{ figures: { p50: { value: 1500 } }, launches: [] }]);
  });

  it('are thinned to quantiles where there are very many samples', () => {
    const samples = Array.from({ length: 50_001 }, (_, index) => index / 1e6);
    const [run] = importText(JSON.stringify([{ name: 'many', result: { samples, mean: 0.025 } }]));
    const kept = run?.cases[0]?.launches[0]?.samplesNs ?? [];
    expect(kept).toHaveLength(1000);
    expect([kept[0], kept.at(-1), Math.round(run?.cases[0]?.figures.p50?.value ?? 0)]).toEqual([0, 50_000, 25_000]);
  });
});

describe('results of Go', () => {
  it('are samples of one launch within a process, and launches across processes', () => {
    const [run] = importText(GO);
    expect(run).toMatchObject({ origin: 'go', environment: { commit: 'abcdef012345' } });
    expect(run?.environment.machine).toMatchObject({
      cpu: { model: 'AMD EPYC 7B13' },
      os: 'linux',
      architecture: 'amd64',
    });
    expect(run?.cases.map(({ id }) => id)).toEqual(['encoding/Encode_fast[size=10,procs=8]', 'encoding/Plain']);
    expect(run?.cases[0]?.launches.map(({ samplesNs }) => samplesNs)).toEqual([[1200, 1300], [1250]]);
    expect(run?.cases[0]?.figures).toMatchObject({
      p50: { value: 1250 },
      'allocated-bytes': { value: 56, unit: 'B' },
      allocations: { value: 2 },
    });
    expect(run?.cases[1]?.figures['figure:MB/s']).toMatchObject({ value: 12.5, unit: 'MB/s' });
  });

  it('are refused where a line is cut off', () => {
    expect(() => importText(`${GO}BenchmarkCut-8  100  12`)).toThrow(/line 14 is no measurement of Go: it is cut off/);
  });
});

describe('results of Criterion', () => {
  /** A measurement as Criterion writes it. */
  function plant(path: string, sample: unknown, about: object): string {
    const its = join(folder, path);
    mkdirSync(its, { recursive: true });
    writeFileSync(join(its, 'sample.json'), JSON.stringify(sample));
    writeFileSync(join(its, 'benchmark.json'), JSON.stringify(about));
    return its;
  }
  const about = { group_id: 'Fibonacci', function_id: 'Recursive', value_str: '20', throughput: null };
  const alone = { group_id: 'fib 20', function_id: null, value_str: null, throughput: null };

  it('are a run for each name that they were saved under, and the same content is one run', () => {
    const sample = { sampling_mode: 'Linear', iters: [10, 20], times: [1000, 2200] };
    plant('criterion/Fibonacci/Recursive/20/new', sample, about);
    cpSync(
      join(folder, 'criterion/Fibonacci/Recursive/20/new'),
      join(folder, 'criterion/Fibonacci/Recursive/20/base'),
      {
        recursive: true,
      },
    );
    const old = plant(
      'criterion/fib 20/before',
      [
        [10, 10],
        [3000, 3000],
      ],
      alone,
    );
    expect(old).toContain('before');
    const runs = importFile(join(folder, 'criterion')).runs;
    expect(runs).toHaveLength(3);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(2);
    const cases = runs.flatMap((run) => run.cases);
    expect(cases.find(({ id }) => id === 'Fibonacci/Recursive[value=20]')).toMatchObject({
      launches: [{ samplesNs: [100, 110] }],
      figures: { p50: { value: 105, low: null } },
    });
    expect(cases.find(({ id }) => id === 'criterion/fib-20')?.figures.p50?.value).toBe(300);
  });

  it('are refused where a file is cut off or its halves do not fit', () => {
    const cut = plant('cut/a/new', { iters: [1], times: [1] }, about);
    writeFileSync(join(cut, 'sample.json'), '{"iters":[1');
    expect(() => importFile(join(folder, 'cut'))).toThrow(
      /Cannot import ".*sample\.json": .*; run "cargo bench" again/,
    );
    plant('odd/a/new', { iters: [1, 2], times: [1] }, about);
    expect(() => importFile(join(folder, 'odd'))).toThrow(/2 numbers of iterations and 1 times/);
  });
});

const data = process.env.FORGEBENCH_DATA;
describe.skipIf(data === undefined)(
  "the results of Criterion's book, where FORGEBENCH_DATA has them [hardware]",
  () => {
    it('have the typical times that the book prints', () => {
      const runs = importFile(join(data as string, 'criterion_book')).runs;
      const times = Object.fromEntries(
        runs.flatMap(({ cases }) => cases.map(({ id, figures }) => [id, figures.p50?.value ?? 0])),
      );
      expect(times['Fibonacci/Iterative']).toBeCloseTo(4.67, 1);
      expect(times['Fibonacci/Recursive']).toBeGreaterThan(15_000);
    });
  },
);

describe('an export of forgebench', () => {
  it('comes back as it went', () => {
    const runs = [sampleRun('one'), sampleRun('two')];
    expect(importText(runs.map((run) => `${JSON.stringify(run)}\n`).join(''))).toEqual(runs);
  });

  it('brings decisions and alerts along, and refuses those that do not fit', () => {
    const change = { caseId: 'demo/sum', metric: 'p50', fingerprint: '0123', run: 'one' };
    const at = '2026-01-02T03:04:05.000Z';
    const triage = { ...change, state: 'noise', note: '', author: 'ada', at, magnitude: 0.2 };
    const alert = { ...change, kind: 'regression', channel: 'team', state: 'sent', at, failure: null };
    const lines = (...values: object[]) =>
      [sampleRun('one'), ...values.map((value) => ({ version: 1, ...value }))]
        .map((value) => `${JSON.stringify(value)}\n`)
        .join('');
    const file = join(folder, 'decided.jsonl');
    writeFileSync(file, lines({ triage }, { alert }));
    expect(importFile(file)).toEqual({ runs: [sampleRun('one')], triages: [triage], alerts: [alert], leftOut: [] });
    writeFileSync(file, `${JSON.stringify({ version: 1, triage })}\n`);
    expect(importFile(file)).toEqual({ runs: [], triages: [triage], alerts: [], leftOut: [] });
    writeFileSync(file, lines({ triage: { ...triage, magnitude: Infinity } }));
    expect(importFile(file).triages).toEqual([{ ...triage, magnitude: Infinity }]);
    expect(() => importText(lines({ triage: { ...triage, state: 'wontfix' } }))).toThrow(
      /:2": .* but triage\.state does not fit/,
    );
    expect(() => importText(lines({ alert: { ...alert, channel: '' } }))).toThrow(/alert\.channel does not fit/);
  });

  it('is refused whole where its last line is cut off, or a newer forgebench has written it', () => {
    const line = JSON.stringify(sampleRun('one'));
    expect(() => importText(`${line}\n${line.slice(0, -20)}`)).toThrow(/line 2 is cut off; export it again/);
    for (const other of ['null', '5'])
      expect(() => importText(`${line}\n${other}\n${line}`)).toThrow(/line 2 is no JSON object; export it again/);
    expect(() => importText(line.replace('"version":1', '"version":9'))).toThrow(/has version 9, .* update forgebench/);
    expect(() => importText(line.replace('"origin":"forgebench"', '"origin":"elsewhere"'))).toThrow(
      /origin does not fit/,
    );
  });
});

describe('what no tool wrote', () => {
  it.each(['', 'hello', '{}', '[]', 'null', '{"results":[]}', '{"files":{}}', '[{"name":"x"}]', 'Benchmark'])(
    'is refused with what can be read: %s',
    (text) => {
      expect(() => importText(text)).toThrow(/^Cannot import ".*": it is none of what can be read: an export/);
    },
  );

  it('has ids that stay apart where names differ only in characters that ids do not have', () => {
    const results = ['a b', 'a-b'].map((command) => ({ command, times: [1] }));
    expect(importText(JSON.stringify({ results }))[0]?.cases.map(({ id }) => id)).toEqual([
      'hyperfine/a-b',
      'hyperfine/a-b~2',
    ]);
  });
});

describe('damaged results', () => {
  /** Cuts, doubles or replaces a stretch of a text. */
  function damage(text: string, next: () => number): string {
    const from = Math.floor(next() * text.length);
    const to = Math.min(text.length, from + 1 + Math.floor(next() * 12));
    const middle = ['', text.slice(from, to).repeat(2), 'null', '-1', '1e999', '"', '\0', '{}', '[]'];
    return text.slice(0, from) + middle[Math.floor(next() * middle.length)] + (next() < 0.2 ? '' : text.slice(to));
  }

  it.each(
    Object.entries({ HYPERFINE, VITEST, TINYBENCH_2, TINYBENCH_3, GO, EXPORT: JSON.stringify(sampleRun('one')) }),
  )('of %s are either refused with a sentence or still a run', (_name, text) => {
    const next = generator(7);
    let refused = 0;
    for (let turn = 0; turn < 300; turn++) {
      const damaged = damage(text, next);
      try {
        for (const run of importText(damaged)) expect(storedRun.safeParse(run).success, damaged).toBe(true);
      } catch (error) {
        expect(error, damaged).toBeInstanceOf(StoreError);
        expect((error as Error).message).toMatch(/^Cannot import ".*": /);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(30);
  });
});
