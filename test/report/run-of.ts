// A run of some cases, for comparisons.
import { makeRunRecord, type RunRecord } from '../../src/store/index.js';
import { countOf, timingOf } from '../statistics/case.js';
import { BENCHMARK, planFile, recordOf } from '../store/plan-file.js';

/** A run of cases by id, each with launches around a time in nanoseconds, and with counts of instructions where given. */
export function runOf(
  id: string,
  cases: Record<string, number>,
  changes: Partial<RunRecord['environment']> = {},
  counts: Record<string, number> = {},
): RunRecord {
  const file = planFile(id);
  if (Object.keys(counts).length > 0) file.plan.settings.instructionLaunches = 3;
  const benchmarks = Object.keys(cases).map((caseId) => {
    const each = { id: caseId, parameters: {}, category: 'micro' as const };
    return { ...BENCHMARK, id: caseId, cases: [each], profiled: each };
  });
  const records = Object.entries(cases).flatMap(([caseId, ns]) =>
    [0.998, 1, 1.001, 1.002, 0.999].map((share, index) => ({
      ...recordOf(index, timingOf([ns * share, ns * share, ns * share])),
      caseId,
    })),
  );
  const counted = Object.entries(counts).flatMap(([caseId, count]) =>
    [0, 1, 2].map((index) => ({ ...recordOf(index, countOf(count)), caseId })),
  );
  const environment = { ...file.environment, ...changes };
  return makeRunRecord(
    { ...file, benchmarks, environment },
    { records: [...records, ...counted], profiles: [], status: 'finished', finishedAt: new Date(0) },
  );
}
