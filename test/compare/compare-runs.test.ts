// What a comparison of two stored runs says beside the verdicts.
import { describe, expect, it } from 'vitest';
import { compareRuns, launchesToSettle } from '../../src/compare/index.js';
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

it('names the cases that failed on either side, with the message of the first failure', () => {
  const { failed } = compareRuns(runOf(100, 'a'), runOf(100, 'b', true));
  expect(failed).toMatchObject({ base: [], head: [{ caseId: 'demo/case', message: expect.any(String) }] });
});
