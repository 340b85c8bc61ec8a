// The statistics of one case: from the records of its launches to a summary.
import type { Benchmark, Case, Category } from '../definition/index.js';
import { engine } from '../native/index.js';
import type { InstructionCount, LaunchRecord, MemoryUse, Timing } from '../samples/index.js';
import { checkTargets } from './check-targets.js';
import { estimateOf, figureOfLaunches, mapFigure } from './figure.js';
import { instructionWarnings, summarizeInstructions } from './summarize-instructions.js';
import { type MakeFigure, summarizeMemory } from './summarize-memory.js';
import { summarizeResources } from './summarize-resources.js';
import type { Figure, Outliers, Summary } from './summary.js';
import { areTimedAlone, medianOfSamples, typicalNs } from './typical-time.js';

const PERCENTS = Float64Array.from({ length: 101 }, (_, percent) => percent / 100);
/** Of an iteration below this many turns of the loop, more than a twentieth of what was timed was subtracted. */
const LOOP_TURNS = 20;

/** What a summary is made of. */
export interface SummaryInput {
  benchmark: Benchmark;
  case: Case;
  /** All launches of this case, finished or failed. */
  records: readonly LaunchRecord[];
  significance: number;
  /** Whether the plan has launches that count instructions. */
  instructions?: boolean;
}

type Results = { time: Timing; memory: MemoryUse; instructions: InstructionCount };

/** Summarises the launches of a case. Pure: the same records give the same summary. */
export function summarize(input: SummaryInput): Summary {
  const { benchmark, case: each, records, significance } = input;
  const timings = results(records, 'time');
  const memories = results(records, 'memory');
  const figure = (values: number[]) => figureOfLaunches(values, significance);
  const alone = areTimedAlone(timings);
  const medians = timings.map((timing) => typicalNs(timing, alone));
  const { kind } = benchmark.workload;
  const typical = {
    p50: figure(medians),
    p95: latencyFigure(timings, 'p95', { alone, figure, kind }),
    p99: latencyFigure(timings, 'p99', { alone, figure, kind }),
    throughput: rateOf(figure(timings.map((timing) => mean(timing.samplesNs)))),
  };
  const own = ownFigures(benchmark, [...timings, ...memories], figure);
  const memory = summarizeMemory(memories, { timings, figure, significance });
  const resources = summarizeResources(records, figure);
  const instructions = input.instructions
    ? summarizeInstructions(benchmark, results(records, 'instructions'), figure)
    : undefined;
  return {
    caseId: each.id,
    benchmarkId: benchmark.id,
    suite: benchmark.suite,
    parameters: each.parameters,
    launches: countLaunches(records),
    ...typical,
    cpuNs: figure(timings.map(cpuPerOperation)),
    cpuUtilisation: figure(timings.map(({ cpu }) => (cpu.userNs + cpu.systemNs) / cpu.wallNs)),
    memory,
    ...(instructions && { instructions }),
    resources,
    figures: own,
    outliers: sumOutliers(timings),
    noise: noise(timings),
    steadyLaunches: timings.filter(({ warmUp }) => warmUp.steady).length,
    category: category(each, typical.p50),
    distributionNs: distribution(timings),
    launchMediansNs: medians,
    ...(alone && { batchMediansNs: timings.map(medianOfSamples) }),
    targets: checkTargets(benchmark, each, { ...typical, memory, busy: resources.busy, own }),
    warnings: [...warnings(timings), ...(instructions ? instructionWarnings(instructions) : [])],
  };
}

function results<K extends keyof Results>(records: readonly LaunchRecord[], kind: K) {
  return records.flatMap(({ outcome }) =>
    outcome.status === 'ok' && outcome.result.kind === kind ? [outcome.result as Results[K]] : [],
  );
}

function countLaunches(records: readonly LaunchRecord[]): Summary['launches'] {
  const ok = (kind: string) =>
    records.filter((record) => record.outcome.status === 'ok' && record.kind === kind).length;
  const failures = records.flatMap(({ outcome }) => (outcome.status === 'failed' ? [outcome.failure.reason] : []));
  const interrupted = failures.filter((reason) => reason === 'interrupted').length;
  return { time: ok('time'), memory: ok('memory'), failed: failures.length - interrupted, interrupted };
}

/** Operations per second. A body as short as the loop around it may have a mean of nothing or less, which is no rate. */
function rateOf(time: Figure): Figure {
  const low = estimateOf(time)?.low ?? 1;
  if (low <= 0) return { missing: 'the interval of the mean time reaches zero, so the rate has no upper end' };
  return mapFigure(time, (ns) => 1e9 / ns);
}

function latencyFigure(
  timings: readonly Timing[],
  quantile: 'p95' | 'p99',
  { alone, figure, kind }: { alone: boolean; figure: MakeFigure; kind: Benchmark['workload']['kind'] },
): Figure {
  if (kind === 'command' && timings.length > 0) return { missing: 'a launch executes a command too few times' };
  if (alone || timings.length === 0)
    return figure(timings.map(({ latencyQuantiles }) => latencyQuantiles?.[quantile] as number));
  const few = timings.filter(({ latencyQuantiles }) => latencyQuantiles === undefined).length;
  const where = few === timings.length ? '' : `in ${few} of ${timings.length} launches `;
  return { missing: `${where}operations are too short to time alone; a batch hides their percentiles` };
}

function ownFigures(
  benchmark: Benchmark,
  launches: readonly (Timing | MemoryUse)[],
  figure: MakeFigure,
): Summary['figures'] {
  const names = Object.keys(benchmark.figures);
  return Object.fromEntries(names.map((name) => [name, toldBy(launches, name, figure)]));
}

function toldBy(launches: readonly (Timing | MemoryUse)[], name: string, figure: MakeFigure): Figure {
  const values = launches.flatMap(({ figures }) => (name in figures ? [figures[name] as number] : []));
  return values.length === 0 && launches.length > 0 ? { missing: 'this case does not tell it' } : figure(values);
}

/** CPU use while sampling times the time of an operation: the span itself holds inputs, drops and clock readings too. */
function cpuPerOperation({ cpu, samplesNs }: Timing): number {
  return ((cpu.userNs + cpu.systemNs) / cpu.wallNs) * mean(samplesNs);
}

function sumOutliers(timings: readonly Timing[]): Outliers {
  const sum: Outliers = { lowSevere: 0, lowMild: 0, highMild: 0, highSevere: 0, samples: 0 };
  for (const { samplesNs } of timings) {
    // Fences belong to a launch: between launches the level itself may differ.
    const counts = engine().outliers(Float64Array.from(samplesNs));
    sum.lowSevere += counts.lowSevere;
    sum.lowMild += counts.lowMild;
    sum.highMild += counts.highMild;
    sum.highSevere += counts.highSevere;
    sum.samples += samplesNs.length;
  }
  return sum;
}

function noise(timings: readonly Timing[]): Summary['noise'] {
  if (timings.length === 0) return { withinLaunch: 0, betweenLaunches: null };
  const values = Float64Array.from(timings.flatMap(({ samplesNs }) => samplesNs));
  const { within, between } = engine().noise(
    values,
    Uint32Array.from(timings.map(({ samplesNs }) => samplesNs.length)),
  );
  return { withinLaunch: within, betweenLaunches: between ?? null };
}

/** The band of the measured median; memory benchmarks are not in a band of time. */
function category(each: Case, p50: Figure): Summary['category'] {
  const estimate = estimateOf(p50);
  if (estimate === undefined || each.category === 'memory')
    return { declared: each.category, measured: null, contradicts: false };
  // An interval that reaches into the declared band contradicts nothing.
  const bands = [estimate.low, estimate.value, estimate.high].map(bandOf);
  return { declared: each.category, measured: bandOf(estimate.value), contradicts: !bands.includes(each.category) };
}

function bandOf(ns: number): Category {
  return ns < 1e6 ? 'micro' : ns <= 100e6 ? 'integration' : 'e2e';
}

function distribution(timings: readonly Timing[]): number[] {
  const values = timings.flatMap(({ samplesNs }) => samplesNs);
  return values.length === 0 ? [] : Array.from(engine().quantiles(Float64Array.from(values), PERCENTS));
}

function warnings(timings: readonly Timing[]): string[] {
  const found: string[] = [];
  const unsteady = timings.filter(({ warmUp }) => !warmUp.steady).length;
  if (unsteady > 0) found.push(`${unsteady} of ${timings.length} launches were not steady when their warm-up ended.`);
  const tiny = timings.some(
    (timing) => medianOfSamples(timing) * timing.operationsPerIteration < LOOP_TURNS * timing.overhead.loopNs,
  );
  if (tiny)
    found.push(
      `An iteration takes less than ${LOOP_TURNS} turns of the measuring loop: more than 5 % of what was timed was subtracted.`,
    );
  return found;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
