// The run at a glance: how it went, counted and grouped, for every renderer.
import type { Benchmark, Case } from '../definition/index.js';
import type { Summary, TargetResult } from '../statistics/index.js';
import type { FailedLaunch, RunRecord } from '../store/index.js';

/** A case of the run with what is known of it. */
export interface CaseRow {
  case: Case;
  summary: Summary | undefined;
  /** What to call it where no timed launch came to a result: a `finding` is a failure that the definition expects. */
  outcome: 'measured' | 'failed' | 'finding' | 'interrupted';
}

/** A benchmark with its cases. */
export interface BenchmarkRows {
  benchmark: Benchmark;
  rows: CaseRow[];
}

/** A suite with its benchmarks. */
export interface SuiteRows {
  suite: string;
  benchmarks: BenchmarkRows[];
}

/** All cases that were part of the run, by suite and benchmark in the order of their definitions. */
export function suitesOf(record: RunRecord): SuiteRows[] {
  const summaries = new Map(record.summaries.map((summary) => [summary.caseId, summary]));
  const failures = new Map(record.failures.map((failure) => [failure.caseId, failure]));
  const suites = new Map<string, BenchmarkRows[]>();
  for (const benchmark of record.benchmarks) {
    const rows = benchmark.cases
      .filter((each) => summaries.has(each.id) || failures.has(each.id))
      .map((each) => rowOf(each, { summary: summaries.get(each.id), failure: failures.get(each.id), run: record }));
    if (rows.length === 0) continue;
    const benchmarks = suites.get(benchmark.suite) ?? [];
    benchmarks.push({ benchmark, rows });
    suites.set(benchmark.suite, benchmarks);
  }
  return [...suites].map(([suite, benchmarks]) => ({ suite, benchmarks }));
}

interface Found {
  summary: Summary | undefined;
  failure: FailedLaunch | undefined;
  run: RunRecord;
}

function rowOf(each: Case, found: Found): CaseRow {
  return { case: each, summary: found.summary, outcome: outcomeOf(found) };
}

function outcomeOf({ summary, failure, run }: Found): CaseRow['outcome'] {
  const wanted = run.settings.launches > 0 ? 'time' : 'memory';
  if (summary !== undefined && summary.launches[wanted] > 0) return 'measured';
  if (failure !== undefined) return failure.expected ? 'finding' : 'failed';
  return run.status === 'interrupted' && !summary?.launches.memory ? 'interrupted' : 'measured';
}

/** How many targets that apply were met, missed, or could not be decided. */
export function countTargets(record: RunRecord): Record<TargetResult['status'], number> {
  const counts = { met: 0, missed: 0, unclear: 0 };
  for (const summary of record.summaries) {
    for (const result of summary.targets) if (result.applies) counts[result.status] += 1;
  }
  return counts;
}

/** Launches of a case that failed in the same way. */
export interface FailureGroup {
  caseId: string;
  kind: FailedLaunch['kind'];
  failure: FailedLaunch['failure'];
  launches: number;
}

/** Failures or findings, those of one case with the same reason and message once. */
export function failureGroups(record: RunRecord, options: { expected: boolean }): FailureGroup[] {
  const groups = new Map<string, FailureGroup>();
  for (const { caseId, kind, failure, expected } of record.failures) {
    if (expected !== options.expected) continue;
    const key = JSON.stringify([caseId, kind, failure.reason, failure.message]);
    const group = groups.get(key) ?? { caseId, kind, failure, launches: 0 };
    group.launches += 1;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Engines that have nothing to show, each reason once with the cases that it holds for. */
export function failedEngines(record: RunRecord): { engine: string; failure: string; caseIds: string[] }[] {
  const groups = new Map<string, { engine: string; failure: string; caseIds: string[] }>();
  for (const { caseId, engines } of record.profiles) {
    for (const { engine, failure } of engines) {
      if (failure === undefined) continue;
      const key = JSON.stringify([engine, failure]);
      const group = groups.get(key) ?? { engine, failure, caseIds: [] };
      group.caseIds.push(caseId);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

/** Warnings of all cases, each sentence once with the cases that it holds for. */
export function warningGroups(record: RunRecord): { warning: string; caseIds: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const summary of record.summaries) {
    for (const warning of warningsOf(summary)) groups.set(warning, [...(groups.get(warning) ?? []), summary.caseId]);
  }
  return [...groups].map(([warning, caseIds]) => ({ warning, caseIds }));
}

/** Warnings of a case, a contradicted category among them. */
function warningsOf({ category, warnings }: Summary): string[] {
  if (!category.contradicts) return warnings;
  return [...warnings, `Declared ${category.declared}, but measured ${category.measured}.`];
}

/** Launches that were cut off when the run was interrupted. */
export function interruptedLaunches(record: RunRecord): number {
  return record.summaries.reduce((sum, { launches }) => sum + launches.interrupted, 0);
}

/** Share of the wall time that went into measuring; the rest is planning, starting processes and reporting. */
export function measuredShare(record: RunRecord): number {
  return record.cost.wallMs > 0 ? record.cost.measuredMs / record.cost.wallMs : 0;
}
