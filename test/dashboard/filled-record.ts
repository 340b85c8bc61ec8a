// The record of a run over three sizes, from launches as small as they may be.
import type { Benchmark } from '../../src/definition/index.js';
import { toJson } from '../../src/report/index.js';
import type { LaunchRecord } from '../../src/samples/index.js';
import { makeRunRecord, type PlanFile } from '../../src/store/index.js';
import { memoryOf, timingOf } from '../statistics/case.js';
import { BENCHMARK, planFile, recordOf } from '../store/plan-file.js';

const SIZES = [1, 10, 100];
const LAUNCHES = 5;

/** What run.json would hold, parsed: a case for each size, whose time grows with it. */
export function recordOfSizes(run: string, benchmark: string, smallestNs: number): unknown {
  const cases = SIZES.map((n) => ({ id: `${benchmark}[n=${n}]`, parameters: { n }, category: 'micro' as const }));
  const [profiled] = cases;
  const declared: Benchmark = {
    ...BENCHMARK,
    id: benchmark,
    scaling: 'n',
    cases,
    profiled: profiled as (typeof cases)[0],
  };
  const file: PlanFile = { ...planFile(run), benchmarks: [declared] };
  const records = cases.flatMap(({ id, parameters: { n } }) => launchesOf(id, smallestNs * n));
  const results = { records, profiles: [], status: 'finished' as const, finishedAt: new Date(Date.UTC(2026, 1, 9)) };
  return JSON.parse(toJson(makeRunRecord(file, results)));
}

function launchesOf(caseId: string, ns: number): LaunchRecord[] {
  const timed = Array.from({ length: LAUNCHES }, (_, launch) => {
    const samples = Array.from({ length: 40 }, (_, sample) => ns * (1 + 0.004 * launch + 0.01 * ((sample * 7) % 11)));
    return { ...recordOf(launch, timingOf(samples)), caseId };
  });
  const operations = Array.from({ length: 20 }, (_, index) => 100 * index);
  const live = { operations, heapBytes: operations.map((done) => 4096 + done), cBytes: operations.map(() => 0) };
  return [...timed, { ...recordOf(LAUNCHES, memoryOf({ live })), caseId }];
}
