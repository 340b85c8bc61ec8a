// Results of other tools of which a part was not measured: the rest is imported, and what is left out is told.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { importFile, StoreError } from '../../src/store/index.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-left-out-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Imports a file with this content; ids of its cases, and what was left out. */
function importText(text: string): { ids: string[]; leftOut: string[] } {
  const file = join(folder, 'results');
  writeFileSync(file, text);
  const { runs, leftOut } = importFile(file);
  return { ids: runs.flatMap(({ cases }) => cases.map(({ id }) => id)), leftOut };
}

const importJson = (value: unknown) => importText(JSON.stringify(value));

describe('tasks of tinybench', () => {
  const well = { name: 'well', result: { latency: { mean: 0.002 } } };
  const others: [string, object | undefined][] = [
    ['failed', { error: {}, hz: null, mean: 0.1 }],
    ['failed', { state: 'errored', error: {} }],
    ['has not run', undefined],
    ['has not run', { state: 'not-started', runtime: 'node' }],
    ['was aborted', { state: 'aborted' }],
    ['has no mean', { latency: { mean: null, p99: null, samples: [] } }],
    ['has no mean', {}],
  ];

  it.each(others)('leave the others in the history where one %s: %j', (reason, result) => {
    const { ids, leftOut } = importJson([{ name: 'bad', result }, well]);
    expect(ids).toEqual(['tinybench/well']);
    expect(leftOut).toEqual([`task "bad", which ${reason}`]);
  });

  it('are taken where they were aborted, but have figures', () => {
    const result = { ...well.result, state: 'aborted-with-statistics' };
    expect(importJson([{ ...well, result }])).toEqual({ ids: ['tinybench/well'], leftOut: [] });
  });

  it('are refused where none was measured, with what they lack', () => {
    const bad = (name: string) => ({ name, result: { error: {} } });
    expect(() => importJson([bad('one')])).toThrow(
      /^Cannot import ".*": nothing remains of it without task "one", which failed; mend the benchmarks, measure and export again$/,
    );
    expect(() => importJson(['one', 'two', 'three'].map(bad))).toThrow(/"one", which failed \(and 2 others\); mend/);
  });

  it('are refused where a figure is no time, with its place', () => {
    const negative = { name: 'bad', result: { latency: { mean: -1 } } };
    expect(() => importJson([well, negative])).toThrow(/\[1\]\.result\.latency\.mean does not fit/);
  });
});

describe('benchmarks of vitest', () => {
  const of = (...benchmarks: object[]) => ({ files: [{ groups: [{ fullName: 'a.bench.ts > sums', benchmarks }] }] });
  const failed = { name: 'bad', rank: 0, rme: 0, samples: [] };

  it('leave the others in the history where they failed', () => {
    expect(importJson(of(failed, { name: 'well', mean: 0.002, samples: [] }))).toEqual({
      ids: ['sums/well'],
      leftOut: ['benchmark "bad" of "sums", which has no mean, because it failed'],
    });
  });

  it('are refused where all failed, and are no run where there are none', () => {
    expect(() => importJson(of(failed))).toThrow(/nothing remains of it without benchmark "bad" of "sums"/);
    expect(importJson(of())).toEqual({ ids: [], leftOut: [] });
  });
});

describe('times of hyperfine', () => {
  it('of 0 are left out, and the others stay', () => {
    const results = [
      { command: 'true', times: [0, 0.001, 0] },
      { command: 'nothing', times: [0] },
      { command: 'sleep 1', times: [1, 1.1] },
    ];
    const { ids, leftOut } = importJson({ results });
    expect(ids).toEqual(['hyperfine/true', 'hyperfine/sleep-1']);
    expect(leftOut).toEqual([
      '2 of 3 times of "true", because a time of 0 has no ratio to others',
      '1 of 1 time of "nothing", because a time of 0 has no ratio to others',
    ]);
  });

  it('are refused where all are 0, with what measures more finely', () => {
    expect(() => importJson({ results: [{ command: 'true', times: [0, 0] }] })).toThrow(
      /nothing remains of it without 2 of 2 times of "true", because .*; run "hyperfine --shell=none" again/,
    );
  });
});

describe('figures of Go', () => {
  it('that are not finite are left out, and so are benchmarks without ns/op', () => {
    const text = `pkg: x/a
BenchmarkHits-2 \t 100 \t 12.5 ns/op \t NaN hits/op \t +Inf MB/s
BenchmarkOwn-2 \t 100 \t 3 rows/op
`;
    const { ids, leftOut } = importText(text);
    expect(ids).toEqual(['a/Hits[procs=2]']);
    expect(leftOut).toEqual([
      'hits/op of line 2, because it is NaN',
      'MB/s of line 2, because it is Infinity',
      'benchmark "Own", which has no ns/op',
    ]);
  });

  it('are refused where no benchmark has ns/op', () => {
    expect(() => importText('BenchmarkOwn-2  100  3 rows/op\n')).toThrow(StoreError);
    expect(() => importText('BenchmarkOwn-2  100  3 rows/op\n')).toThrow(
      /"Own", which has no ns\/op; run "go test -bench"/,
    );
  });
});
