// What a comparison of two stored runs says beside the verdicts.
import { describe, expect, it } from 'vitest';
import { compareRuns, DEFAULT_COMPARE_OPTIONS, launchesToSettle } from '../../src/compare/index.js';
import { makeRunRecord, type RunRecord } from '../../src/store/index.js';
import { timingOf } from '../statistics/case.js';
import { BENCHMARK, planFile, recordOf } from '../store/plan-file.js';

function runOf(ns: number, hash: string, failing = false): RunRecord {
  const workload = { kind: 'native', addon: '/demo.node', id: 'demo/case' } as const;
  const file = { ...planFile('one'), benchmarks: [{ ...BENCHMARK, workload }] };
  file.environment = { ...file.environment, binaries: { [BENCHMARK.id]: hash } };
  const timed = Array.from({ length: 10 }, (_, index) => timingOf(Array(5).fill(ns * (1 + (index % 3) / 1000))));
  const records = [...timed, ...(failing ? (['panic'] as const) : [])].map((each, index) => recordOf(index, each));
  return makeRunRecord(file, { records, profiles: [], status: 'finished', finishedAt: new Date(0) });
}

describe('two runs of one addon', () => {
  it('are not called slower or faster than each other, and no launches would change that', () => {
    const comparison = compareRuns(runOf(100, 'a'), runOf(120, 'a'));
    expect(comparison.cases).toMatchObject([{ verdict: 'unclear', moreLaunches: 0, ratio: expect.closeTo(1.2, 3) }]);
    expect(comparison.cases[0]?.reason).toContain('both sides ran the same code');
    expect(launchesToSettle(comparison).size).toBe(0);
    expect(comparison.sameCode).toEqual(['demo/case']);
  });

  it('are the same where they take equally long, and slower where the code is another', () => {
    expect(compareRuns(runOf(100, 'a'), runOf(100, 'a')).cases).toMatchObject([{ verdict: 'same' }]);
    expect(compareRuns(runOf(100, 'a'), runOf(120, 'b')).cases).toMatchObject([{ verdict: 'slower' }]);
  });
});

describe('a run whose operations were timed alone, and one of the same code where one launch could not', () => {
  /** Batches hold collections and other programs, and take three times what single operations do. */
  const run = (alone: number) => {
    const timed = Array.from({ length: 10 }, (_, index) =>
      timingOf(Array(5).fill(3000 + index), index < alone ? { latencyQuantiles: QUANTILES } : {}),
    );
    const records = timed.map((each, index) => recordOf(index, each));
    return makeRunRecord(planFile('one'), { records, profiles: [], status: 'finished', finishedAt: new Date(0) });
  };
  const QUANTILES = { p50: 1000, p95: 1100, p99: 1200, max: 1300 };

  it('are compared by their batches, whichever comes first', () => {
    for (const [base, head] of [
      [10, 9],
      [9, 10],
    ] as const)
      expect(compareRuns(run(base), run(head)).cases).toMatchObject([{ verdict: 'same', ratio: 1 }]);
  });

  it('are compared by single operations where both have timed all alone', () => {
    expect(compareRuns(run(10), run(10)).cases[0]?.typical).toEqual({ base: 1000, head: 1000 });
  });

  it('show the times of batches where they took turns, from which their ratio is', () => {
    const duets = new Map([['demo/case', Array(10).fill(1)]]);
    const { cases } = compareRuns(run(10), run(10), { ...DEFAULT_COMPARE_OPTIONS, duets });
    expect(cases[0]?.typical).toEqual({ base: 3004.5, head: 3004.5 });
  });
});

it('names the cases that failed on either side, with the message of the first failure', () => {
  const { failed } = compareRuns(runOf(100, 'a'), runOf(100, 'b', true));
  expect(failed).toMatchObject({ base: [], head: [{ caseId: 'demo/case', message: expect.any(String) }] });
});
