// From the record and the journal of a run to what the database holds of it.
import type { LaunchRecord } from '../samples/index.js';
import { median, type Summary } from '../statistics/index.js';
import type { RunRecord } from './run-record.js';
import { storedFigures } from './stored-metrics.js';
import {
  type Machine,
  STORED_VERSION,
  type StoredCase,
  type StoredLaunch,
  type StoredProfile,
  type StoredRun,
} from './stored-run.js';

/**
 * What the database holds of a run of forgebench.
 *
 * @param records the launches of its journal
 * @param profiles the profiles that were kept
 */
export function toStoredRun(
  record: RunRecord,
  records: readonly LaunchRecord[],
  profiles: readonly StoredProfile[] = [],
): StoredRun {
  const { commit, load, forgebench, subjects, fingerprint } = record.environment;
  return {
    version: STORED_VERSION,
    id: record.id,
    origin: 'forgebench',
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    status: record.status,
    environment: { fingerprint, machine: machineOf(record), commit, load, forgebench, subjects },
    cases: record.summaries.map((summary) => toCase(summary, record, records)),
    profiles: [...profiles],
    record,
  };
}

function machineOf({ environment }: RunRecord): Machine {
  const { cpu, memoryBytes, kernel, os, architecture, cgroup, node, v8, rustc } = environment;
  return { cpu, memoryBytes, kernel, os, architecture, cgroup, node, v8, rustc };
}

function toCase(summary: Summary, { benchmarks }: RunRecord, records: readonly LaunchRecord[]): StoredCase {
  const benchmark = benchmarks.find(({ id }) => id === summary.benchmarkId);
  const medians = summary.launchMediansNs;
  return {
    id: summary.caseId,
    benchmark: summary.benchmarkId,
    figures: storedFigures(summary, benchmark?.figures ?? {}, medians.length === 0 ? undefined : median(medians)),
    launches: records.filter(({ caseId }) => caseId === summary.caseId).map(toLaunch),
    targets: summary.targets
      .filter(({ applies }) => applies)
      .map(({ target, status }) => ({ text: target.text, status })),
  };
}

function toLaunch({ index, kind, durationMs, outcome }: LaunchRecord): StoredLaunch {
  const launch = { position: index, kind, durationMs, failure: null, medianNs: null, samplesNs: [], latency: null };
  if (outcome.status === 'failed')
    return { ...launch, failure: `${outcome.failure.reason}: ${outcome.failure.message}` };
  const { result } = outcome;
  if (result.kind !== 'time') return launch;
  const { samplesNs, latency } = result;
  return { ...launch, medianNs: median(samplesNs), samplesNs, latency: latency ?? null };
}
