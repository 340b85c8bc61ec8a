// Two runs, case by case.
import type { Explanation } from '../explain/index.js';
import type { Side } from '../samples/index.js';
import { estimateOf, type Summary } from '../statistics/index.js';
import type { LeftOut, RunRecord } from '../store/index.js';
import { commonTimes } from './common-times.js';
import {
  compareInstructions,
  type Disagreement,
  findDisagreements,
  type InstructionChange,
} from './compare-instructions.js';
import {
  type ComparedCase,
  type CompareOptions,
  compareLaunches,
  DEFAULT_COMPARE_OPTIONS,
  type LaunchComparison,
} from './compare-launches.js';
import { type Difference, findDifferences } from './differences.js';
import type { LaunchPair } from './verdict.js';

/** What is said of one side. */
export interface ComparedRun {
  id: string;
  /** The version as the user named it, where both were measured in one run. */
  version?: string;
  startedAt: string;
  commit: string | null;
  subjects: Record<string, string>;
}

/** What an operation asks of the allocator, where both sides counted the same in every launch. */
export interface CounterChange {
  caseId: string;
  counter: 'allocations' | 'bytes';
  base: number;
  head: number;
}

/** Two runs: verdicts by time, changes of counters, and what makes them less comparable. */
export interface RunComparison extends LaunchComparison {
  base: ComparedRun;
  head: ComparedRun;
  /** Circumstances in which the runs differ beside the code. */
  differences: Difference[];
  onlyIn: { base: string[]; head: string[] };
  /** Cases that both runs measured as no time at all: there is no ratio. */
  withoutTime: string[];
  counters: CounterChange[];
  /** Cases whose code had the same hash on both sides. */
  sameCode: string[];
  /** Cases whose instructions both runs have counted. */
  instructions: InstructionChange[];
  /** Cases of which time and instructions do not say the same. */
  disagreements: Disagreement[];
  /** Parts of versions that were measured in turn and could not be. */
  leftOut?: Record<Side, LeftOut[]>;
  failed?: Record<Side, FailedCase[]>;
  /** Why cases became slower, where profiles of both sides tell. */
  explanations?: Explanation[];
}

/** A case with launches that failed, and what the first of them said. */
export interface FailedCase {
  caseId: string;
  message: string;
}

/** A counter that moves by less says nothing, and one whose interval is wider is no exact one. */
const LEAST_COUNTER_CHANGE = 0.005;

/** Compares two runs. Pure: the same runs give the same comparison. */
export function compareRuns(
  base: RunRecord,
  head: RunRecord,
  options: CompareOptions = DEFAULT_COMPARE_OPTIONS,
): RunComparison {
  const [old, now] = [byCase(base), byCase(head)];
  const both = [...old.keys()].filter((id) => now.has(id));
  const pairs = both.map((id) => ({ base: old.get(id) as Summary, head: now.get(id) as Summary }));
  const launched = pairs.map((pair) => launchPair(pair, options));
  const timed = launched.filter(isTimed);
  const comparison = compareLaunches(timed, options);
  const instructions = compareInstructions(pairs);
  const sameCode = pairs.filter(({ base: { benchmarkId } }) => isSameCode(benchmarkId, base, head));
  const unchanged = new Set(sameCode.filter((pair) => isNative(pair.head, head)).map(({ head }) => head.caseId));
  const cases = comparison.cases.map((each) => (unchanged.has(each.id) ? doubtSameCode(each) : each));
  return {
    ...comparison,
    cases,
    base: describe(base),
    head: describe(head),
    differences: findDifferences(base, head),
    onlyIn: { base: missing(old, now), head: missing(now, old) },
    withoutTime: launched.filter((pair) => !isTimed(pair) && hasLaunches(pair)).map(({ id }) => id),
    counters: pairs.flatMap(changedCounters),
    failed: { base: failedCases(base), head: failedCases(head) },
    sameCode: sameCode.map(({ head }) => head.caseId),
    instructions,
    disagreements: findDisagreements(cases, instructions, options.minEffect),
  };
}

/** The first failure of each case that the definition does not expect. */
function failedCases({ failures }: RunRecord): FailedCase[] {
  const unexpected = failures.filter(({ expected }) => !expected).reverse();
  const first = new Map(unexpected.map(({ caseId, failure }) => [caseId, failure.message]));
  return [...first].reverse().map(([caseId, message]) => ({ caseId, message }));
}

/** Cases that fail the gate: slower, unless the interval lies wholly below the tolerance. */
export function regressions({ cases }: LaunchComparison, tolerance: number): ComparedCase[] {
  return cases.filter(({ verdict, high }) => verdict === 'slower' && high > 1 + tolerance);
}

/**
 * Cases that fail the gate by their instructions: more of them, beyond the tolerance, and no clock that clearly says
 * that they cost nothing.
 */
export function instructionRegressions(
  { cases, instructions }: Pick<RunComparison, 'cases' | 'instructions'>,
  tolerance: number,
): InstructionChange[] {
  const harmless = new Set(
    cases.filter(({ verdict }) => verdict === 'same' || verdict === 'faster').map(({ id }) => id),
  );
  return instructions.filter(
    ({ caseId, verdict, ratio }) => verdict === 'slower' && ratio > 1 + tolerance && !harmless.has(caseId),
  );
}

function byCase({ summaries }: RunRecord): Map<string, Summary> {
  return new Map(summaries.map((summary) => [summary.caseId, summary]));
}

function launchPair(pair: Record<Side, Summary>, { duets, noiseFloors }: CompareOptions): LaunchPair {
  const { caseId } = pair.base;
  const its = duets?.get(caseId);
  return { id: caseId, ...commonTimes(pair, its !== undefined), duets: its, noiseFloor: noiseFloors?.get(caseId) };
}

/** A workload that does nothing has launches of no time, which have no ratio. */
function isTimed(pair: LaunchPair): boolean {
  return hasLaunches(pair) && [...pair.base, ...pair.head].every((median) => median > 0);
}

function hasLaunches({ base, head }: LaunchPair): boolean {
  return base.length > 0 && head.length > 0;
}

function missing(one: Map<string, Summary>, other: Map<string, Summary>): string[] {
  return [...one.keys()].filter((id) => !other.has(id));
}

function describe({ id, startedAt, environment }: RunRecord): ComparedRun {
  return { id, startedAt, commit: environment.commit, subjects: environment.subjects };
}

function isSameCode(benchmarkId: string, base: RunRecord, head: RunRecord): boolean {
  const hash = base.environment.binaries?.[benchmarkId];
  return hash !== undefined && hash === head.environment.binaries?.[benchmarkId];
}

/** The hash of an addon is of all its code; that of a module does not see packages, nor that of a command its libraries. */
function isNative({ benchmarkId }: Summary, { benchmarks }: RunRecord): boolean {
  return benchmarks.find(({ id }) => id === benchmarkId)?.workload.kind === 'native';
}

/** One build cannot have become slower than itself; more launches would not say what else has changed. */
function doubtSameCode(each: ComparedCase): ComparedCase {
  if (each.verdict !== 'slower' && each.verdict !== 'faster') return each;
  const reason = 'both sides ran the same code, so that the machine, or a file that it reads, made the difference';
  return { ...each, verdict: 'unclear', moreLaunches: 0, reason };
}

function changedCounters({ base, head }: { base: Summary; head: Summary }): CounterChange[] {
  const counters = [
    ['allocations', base.memory.allocations, head.memory.allocations],
    ['bytes', base.memory.allocatedBytes, head.memory.allocatedBytes],
  ] as const;
  return counters.flatMap(([counter, old, now]) => {
    const [before, after] = [exact(old), exact(now)];
    if (before === undefined || after === undefined || before === after) return [];
    return Math.abs(after / before - 1) < LEAST_COUNTER_CHANGE
      ? []
      : [{ caseId: base.caseId, counter, base: before, head: after }];
  });
}

/** A count that every launch saw alike. */
function exact(figure: Summary['p50']): number | undefined {
  const estimate = estimateOf(figure);
  if (estimate === undefined) return undefined;
  return estimate.high - estimate.low <= LEAST_COUNTER_CHANGE * estimate.value ? estimate.value : undefined;
}
