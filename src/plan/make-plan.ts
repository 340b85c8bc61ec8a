// From selected cases to launches: interleaved over all cases in seeded random order, sized to the budget.
import type { Benchmark, Case, Selection } from '../definition/index.js';
import { type LaunchKind, type LaunchRequest, WIRE_VERSION } from '../samples/index.js';
import type { Plan, PlanSettings } from './plan.js';
import { shuffle } from './shuffle.js';

/** What a launch costs beside warm-up and measuring: process start, loading, set-up and verification. */
const START_MS = 300;
/** Shortest time to measure for that still makes samples, nanoseconds. */
const SHORTEST_MEASURE_NS = 20e6;
/** Share of a launch's time that its warm-up may take at most. */
const WARM_UP_SHARE = 0.3;
/** A launch may take this many times what it was asked to, for set-up, verification and long iterations. */
const TIMEOUT_FACTOR = 20;
/** A memory launch counts for this share of a timed launch's time. */
const MEMORY_SHARE = 0.25;
/** What a launch costs that counts instructions: valgrind starts slowly, and counted code is some 50 times slower. */
const INSTRUCTIONS_MS = 2_000;
/** Time that callgrind has at least, milliseconds. */
const INSTRUCTIONS_TIMEOUT_MS = 120_000;
/** A timed launch counts allocations for this share of the time that it measures for. */
const COUNT_SHARE = 0.1;

/**
 * Orders the launches of all cases. A round has one launch of each case; rounds follow one another, so that drift of
 * the machine spreads over all cases, and within a round the order is random, so that no case always follows another.
 *
 * @param selections benchmarks with their selected cases
 * @param settings as configured; the plan's settings have times fitted to the budget
 */
export function makePlan(selections: readonly Selection[], settings: PlanSettings): Plan {
  const jobs = selections.flatMap(({ benchmark, cases }) => cases.map((each) => ({ benchmark, each })));
  const counted = jobs.filter((job) => hasMemoryLaunches(job, settings));
  const traced = settings.instructionLaunches === undefined ? [] : jobs.filter(isTraceable);
  const fitted = fitToBudget({ timed: jobs.length, counted: counted.length, traced: traced.length }, settings);
  const requests: LaunchRequest[] = [];
  for (let round = 0; round < Math.max(fitted.launches, fitted.memoryLaunches); round++) {
    const ofRound = [
      ...(round < fitted.launches ? jobs.map((job) => ({ ...job, kind: 'time' as const })) : []),
      ...(round < fitted.memoryLaunches ? counted.map((job) => ({ ...job, kind: 'memory' as const })) : []),
    ];
    for (const job of shuffle(ofRound, fitted.seed + round)) requests.push(toRequest(job, requests.length, fitted));
  }
  requests.push(...countInstructions(traced, fitted, requests.length));
  return { settings: fitted, requests };
}

/**
 * Launches that count instructions, after all that is timed: no state of the machine changes a count. The n-th launches of
 * all cases have one seed.
 *
 * @param from index of the first of them
 */
export function countInstructions<J extends Job & Pick<LaunchRequest, 'side'>>(
  jobs: readonly J[],
  fitted: PlanSettings,
  from: number,
): LaunchRequest[] {
  const rounds = Array.from({ length: fitted.instructionLaunches ?? 0 }, (_, round) => round + 1);
  const launches = rounds.flatMap((seed) => jobs.map((job) => ({ job, seed })));
  return launches.map(({ job, seed }, position) => ({
    ...toRequest({ ...job, kind: 'instructions' }, from + position, fitted),
    ...(job.side && { side: job.side }),
    seed,
  }));
}

type Job = { benchmark: Benchmark; each: Case };

/**
 * Whether a case has launches that count memory alone. Timed launches of Rust count allocations once nothing is timed
 * any more, which is enough where memory is not the question, and for a quick look; V8 and what a teardown leaves need a
 * launch of their own.
 */
function hasMemoryLaunches({ benchmark, each }: Job, { launches, preset }: PlanSettings): boolean {
  if (benchmark.workload.kind === 'native') return launches === 0 || (each.category === 'memory' && preset !== 'quick');
  return benchmark.workload.kind === 'module';
}

/** Whether the instructions of a benchmark can be counted: Rust needs a program without Node.js. */
export function isTraceable({ benchmark: { workload } }: { benchmark: Benchmark }): boolean {
  return workload.kind === 'module' || (workload.kind === 'native' && workload.runner !== undefined);
}

/** The request of one launch. */
export function toRequest(
  { benchmark, each, kind }: Job & { kind: LaunchKind },
  index: number,
  fitted: PlanSettings,
): LaunchRequest {
  return {
    version: WIRE_VERSION,
    index,
    caseId: each.id,
    kind,
    workload: benchmark.workload,
    parameters: each.parameters,
    warmUpNs: fitted.warmUpNs,
    ...(kind === 'memory' ? countingOf(fitted) : { measureNs: fitted.measureNs }),
    samples: fitted.samples,
    countNs: fitted.measureNs * COUNT_SHARE,
    timeoutMs: Math.max(
      fitted.timeoutMs,
      (longestNs(fitted) / 1e6) * TIMEOUT_FACTOR,
      kind === 'instructions' ? INSTRUCTIONS_TIMEOUT_MS : 0,
    ),
  };
}

/** How long a memory launch counts. */
function countingOf({ measureNs, memoryOperations, memoryLimitNs }: PlanSettings) {
  if (memoryOperations === null) return { measureNs: Math.max(SHORTEST_MEASURE_NS, measureNs * MEMORY_SHARE) };
  return { measureNs: memoryLimitNs, operations: memoryOperations };
}

function longestNs({ warmUpNs, measureNs, memoryOperations, memoryLimitNs }: PlanSettings): number {
  return Math.max(warmUpNs + measureNs, memoryOperations === null ? 0 : memoryLimitNs);
}

/** Shortens warm-up, measuring and counting so that all launches fit; never lengthens them beyond the preset. */
export function fitToBudget(
  cases: { timed: number; counted: number; traced: number },
  settings: PlanSettings,
): PlanSettings {
  if (settings.budgetMs === null || cases.timed === 0) return settings;
  const endurance = settings.memoryOperations !== null;
  // An endurance launch has as much time as a timed one, at the most its own limit.
  const memoryShare = endurance ? 1 : MEMORY_SHARE;
  const [timed, counted] = [cases.timed * settings.launches, cases.counted * settings.memoryLaunches];
  const launches = timed * (1 + COUNT_SHARE) + counted * memoryShare;
  const starts = (timed + counted) * START_MS + cases.traced * (settings.instructionLaunches ?? 0) * INSTRUCTIONS_MS;
  const perLaunchNs = Math.max(0, ((settings.budgetMs - starts) / launches) * 1e6);
  const measureNs = Math.min(settings.measureNs, Math.max(SHORTEST_MEASURE_NS, perLaunchNs * (1 - WARM_UP_SHARE)));
  const warmUpNs = Math.min(settings.warmUpNs, Math.max(SHORTEST_MEASURE_NS / 2, perLaunchNs * WARM_UP_SHARE));
  const memoryLimitNs = endurance
    ? Math.min(settings.memoryLimitNs, Math.max(SHORTEST_MEASURE_NS, perLaunchNs))
    : settings.memoryLimitNs;
  return { ...settings, measureNs, warmUpNs, memoryLimitNs };
}
