// A run's record from its plan and its launches.
import type { Benchmark, Target } from '../definition/index.js';
import type { LaunchRecord, LaunchRequest } from '../samples/index.js';
import { judgeFindings, measureGrowth, summarize } from '../statistics/index.js';
import type { PlanFile } from './run-folder.js';
import { type FailedLaunch, type ProfileArtefacts, RUN_VERSION, type RunRecord } from './run-record.js';

/** What is known of a run beside its plan. */
export interface RunResults {
  records: readonly LaunchRecord[];
  profiles: ProfileArtefacts[];
  status: RunRecord['status'];
  finishedAt: Date;
}

/** The record of a run. Pure but for the statistics that the engine computes. */
export function makeRunRecord(file: PlanFile, results: RunResults): RunRecord {
  const { settings } = file.plan;
  const byCase = groupByCase(results.records);
  const summaries = file.benchmarks.flatMap((declared) => {
    const benchmark = { ...declared, targets: measuredTargets(declared, file.plan.requests) };
    return benchmark.cases.map((each) =>
      summarize({
        benchmark,
        case: each,
        records: byCase.get(each.id) ?? [],
        significance: settings.significance,
        instructions: settings.instructionLaunches !== undefined,
      }),
    );
  });
  const failures = results.records.flatMap((record) => toFailure(record, file.benchmarks));
  const measured = file.benchmarks.map((benchmark) => {
    const its = summaries.filter(({ benchmarkId }) => benchmarkId === benchmark.id);
    const growth = settings.launches > 0 ? measureGrowth(benchmark, its, settings.significance) : [];
    return { growth, findings: judgeFindings(benchmark, { summaries: its, growth, failures }) };
  });
  return {
    version: RUN_VERSION,
    id: file.id,
    startedAt: file.startedAt,
    finishedAt: results.finishedAt.toISOString(),
    status: results.status,
    settings,
    environment: file.environment,
    benchmarks: file.benchmarks,
    summaries,
    growth: measured.flatMap(({ growth }) => growth),
    findings: measured.flatMap(({ findings }) => findings),
    failures,
    profiles: results.profiles,
    cost: {
      measuredMs: measuredMs(results.records),
      wallMs: results.finishedAt.getTime() - Date.parse(file.startedAt),
    },
  };
}

/** Targets that only launches of kind `memory` can judge. */
const OF_MEMORY: readonly Target['metric'][] = ['live-growth', 'leak'];
/** Targets that launches of both kinds can judge. */
const OF_ANY: readonly Target['metric'][] = ['figure', 'growth', 'peak', 'retained'];

/** The targets that the plan has launches for; without them a promise is neither kept nor broken. */
function measuredTargets({ targets, cases }: Benchmark, requests: readonly LaunchRequest[]): Target[] {
  const kinds = new Set(requests.filter(({ caseId }) => cases.some(({ id }) => id === caseId)).map(({ kind }) => kind));
  return targets.filter(
    ({ metric }) => OF_ANY.includes(metric) || kinds.has(OF_MEMORY.includes(metric) ? 'memory' : 'time'),
  );
}

function toFailure(record: LaunchRecord, benchmarks: readonly Benchmark[]): FailedLaunch[] {
  if (record.outcome.status === 'ok' || record.outcome.failure.reason === 'interrupted') return [];
  const { caseId, index, kind } = record;
  const { failure } = record.outcome;
  const benchmark = benchmarks.find(({ cases }) => cases.some(({ id }) => id === caseId));
  return [{ caseId, index, kind, failure, expected: benchmark?.expects === failure.reason }];
}

/**
 * Time inside warm-up, measuring and counting of all finished launches; the rest of the wall time is the tool's own.
 * Start of the process, set-up, verification and repeated teardown are overhead.
 */
function measuredMs(records: readonly LaunchRecord[]): number {
  return records.reduce((sum, { outcome, durationMs }) => {
    if (outcome.status === 'failed') return sum;
    const { result } = outcome;
    if (result.kind === 'time') return sum + Math.min(durationMs, (result.warmUp.ns + result.cpu.wallNs) / 1e6);
    return result.kind === 'memory' ? sum + Math.min(durationMs, result.cpu.wallNs / 1e6) : sum;
  }, 0);
}

function groupByCase(records: readonly LaunchRecord[]): Map<string, LaunchRecord[]> {
  const groups = new Map<string, LaunchRecord[]>();
  for (const record of records) {
    const group = groups.get(record.caseId);
    if (group) group.push(record);
    else groups.set(record.caseId, [record]);
  }
  return groups;
}
