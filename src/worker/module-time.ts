// Timing a JavaScript case: calibrate, warm up until V8 has settled, collect garbage, take samples.
import { engine } from '../native/index.js';
import type { Timing } from '../samples/index.js';
import { clockPrecision, nowNs } from './clock.js';
import { collectGarbage } from './collect-garbage.js';
import { emptyCase, type ModuleCase } from './module-case.js';
import { resourcesUsed } from './resources-used.js';
import type { MeasureOptions } from './runnable-workload.js';
import { watchLoop } from './watch-loop.js';

/** Timer resolution and overhead stay below 1 % of a batch. */
const BATCH_OVER_TIMER = 100;
/** A warm-up is divided into about this many batches; the last few tell how long an iteration takes. */
const WARM_UP_BATCHES = 40;
const LATEST = 5;
/** Each calibration lasts this long, for V8 to compile the loop with its best compiler. */
const CALIBRATION_NS = 12e6;
const CALIBRATION_TURNS = 1024;
/**
 * A body shorter than this many turns of the loop has the loop timed beside each sample, as in Rust: a processor that
 * changes its pace between calibration and samples would make more difference than the body.
 */
const SHORT_BODY_TURNS = 20;
/** The loop beside a sample makes one turn for this many iterations of the sample. */
const ITERATIONS_OF_A_TURN = 4;

interface WarmUp {
  iterations: number;
  ns: number;
  steadiness: 'unknown' | 'steady' | 'noisy' | 'changing';
  /** Time of one iteration at its end, more than 0. */
  iterationNs: number;
  /** The same with what is not timed: making inputs, and what surrounds a batch. */
  wholeNs: number;
}

/** Warms the case up and times it. */
export async function timeModule(open: ModuleCase, options: MeasureOptions): Promise<Timing> {
  const duet = new (engine().Turns)(options.turns);
  duet.take();
  const clock = clockPrecision();
  const empty = emptyCase(open.asynchronous);
  const loopNs = await turnOfLoop(empty);
  // An iteration longer than the whole warm-up has been one when its answer was checked.
  const warm = open.checkedNs > options.warmUpNs ? checked(open) : await warmUp(open, options.warmUpNs);
  const shortestNs = BATCH_OVER_TIMER * Math.max(clock.readNs, clock.resolutionNs);
  const alone = open.operations === 1 && warm.iterationNs >= shortestNs;
  const inTime = options.measureNs / options.samples / warm.wholeNs;
  const wanted = toLanes(open, Math.max(inTime, shortestNs / warm.iterationNs));
  // Garbage of setting up, checking and warming up is no cost of the samples; one batch brings the caches back.
  collectGarbage();
  if (wanted * warm.wholeNs < options.warmUpNs) await open.batch(wanted);
  if (!open.asynchronous) duet.follow();
  duet.agree(wanted);
  duet.pass();
  // Whoever waits for a turn blocks the event loop.
  const stop = watchLoop({ delay: open.asynchronous && options.turns === undefined });
  const meter = new (engine().ResourceMeter)();
  const short = warm.iterationNs < SHORT_BODY_TURNS * loopNs;
  const taken = await takeSamples(open, options, {
    duet,
    alone,
    wanted,
    loopNs,
    beside: short ? empty : undefined,
  });
  duet.end();
  const used = resourcesUsed({ ...meter.finish(), wallNs: taken.measuredNs }, await stop());
  return {
    kind: 'time',
    samplesNs: taken.samplesNs,
    iterationsPerSample: taken.iterations,
    operationsPerIteration: open.operations,
    ...(alone && { latencyQuantiles: latencyQuantiles(taken.latencies.map((ns) => Math.max(0, ns - loopNs))) }),
    overhead: { clockNs: clock.readNs, resolutionNs: clock.resolutionNs, loopNs },
    warmUp: { iterations: warm.iterations, ns: warm.ns, steady: isSteady(warm, taken.means) },
    ...used,
    counts: null,
    maxRssBytes: process.resourceUsage().maxRSS * 1024,
    figures: open.figures(),
  };
}

interface Sampling {
  duet: InstanceType<ReturnType<typeof engine>['Turns']>;
  /** Whether each iteration is timed by itself. */
  alone: boolean;
  /** Iterations of a sample as this launch would have them; in a duet both have the same. */
  wanted: number;
  loopNs: number;
  /** The loop that is timed beside each sample, where the body is that short. */
  beside: ModuleCase | undefined;
}

/** Nanoseconds; `means` are of iterations with the loop around them, `samplesNs` of operations without it. */
interface Taken {
  means: number[];
  samplesNs: number[];
  latencies: number[];
  /** Iterations of each sample. */
  iterations: number;
  /** How long all turns took: in a duet, the other has those in between. */
  measuredNs: number;
}

async function takeSamples(
  open: ModuleCase,
  options: MeasureOptions,
  { duet, alone, wanted, loopNs, beside }: Sampling,
): Promise<Taken> {
  const taken: Taken = { means: [], samplesNs: [], latencies: [], iterations: wanted, measuredNs: 0 };
  for (let goesOn = true; goesOn; ) {
    duet.take();
    const began = nowNs();
    const iterations = toLanes(open, duet.agree(wanted));
    const elapsed = alone
      ? await open.each(iterations, (ns) => taken.latencies.push(ns))
      : await open.batch(iterations);
    const turns = Math.ceil(iterations / ITERATIONS_OF_A_TURN);
    const turnNs = beside ? (await beside.batch(turns)) / turns : loopNs;
    taken.iterations = iterations;
    taken.means.push(elapsed / iterations);
    taken.samplesNs.push((elapsed / iterations - turnNs) / open.operations);
    taken.measuredNs += nowNs() - began;
    goesOn = hasTime(taken, options) || duet.wantMore(Float64Array.from(taken.samplesNs), taken.measuredNs);
    duet.pass();
  }
  return taken;
}

function hasTime({ means, measuredNs }: Taken, { samples, measureNs }: MeasureOptions): boolean {
  return means.length < samples && measuredNs < measureNs;
}

/** Nanoseconds of one turn of the loop around an empty body: the lowest of many batches. */
async function turnOfLoop(empty: ModuleCase): Promise<number> {
  let lowest = Number.POSITIVE_INFINITY;
  for (const start = nowNs(); nowNs() - start < CALIBRATION_NS; ) {
    lowest = Math.min(lowest, (await empty.batch(CALIBRATION_TURNS)) / CALIBRATION_TURNS);
  }
  return Math.max(0, lowest);
}

/** Full lanes only: with fewer iterations than lanes, fewer would be under way at once than the definition says. */
function toLanes({ concurrency }: ModuleCase, iterations: number): number {
  return Math.max(1, Math.ceil(iterations / concurrency)) * concurrency;
}

function checked({ checkedNs, concurrency }: ModuleCase): WarmUp {
  const iterationNs = checkedNs / concurrency;
  return { iterations: 1, ns: checkedNs, steadiness: 'unknown', iterationNs, wholeNs: iterationNs };
}

async function warmUp(open: ModuleCase, limitNs: number): Promise<WarmUp> {
  const start = nowNs();
  let [iterations, size] = [0, open.concurrency];
  let means: number[] = [];
  for (;;) {
    const began = nowNs();
    const elapsed = await open.batch(size);
    iterations += size;
    means.push(Math.max(1, elapsed) / size);
    const steadiness = engine().steadiness(Float64Array.from(means));
    const [ns, took] = [nowNs() - start, nowNs() - began];
    if (steadiness === 'steady' || ns >= limitNs)
      return {
        iterations,
        ns,
        steadiness,
        iterationNs: middle(means.slice(-LATEST)),
        wholeNs: Math.max(1, took) / size,
      };
    if (elapsed < limitNs / WARM_UP_BATCHES) {
      size *= 2;
      means = [];
    }
  }
}

/** V8 may compile anew, or give up what it compiled, after the warm-up: so samples must not change either. */
function isSteady({ steadiness }: WarmUp, means: readonly number[]): boolean {
  return steadiness !== 'changing' && engine().steadiness(Float64Array.from(means)) !== 'changing';
}

function latencyQuantiles(latencies: readonly number[]): NonNullable<Timing['latencyQuantiles']> {
  const [p50 = 0, p95 = 0, p99 = 0, max = 0] = engine().quantiles(
    Float64Array.from(latencies),
    Float64Array.of(0.5, 0.95, 0.99, 1),
  );
  return { p50, p95, p99, max };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
