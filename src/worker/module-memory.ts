// What a JavaScript case allocates and what it leaves behind, read from V8.
import { engine } from '../native/index.js';
import type { MemoryUse } from '../samples/index.js';
import { nowNs } from './clock.js';
import { collectGarbage } from './collect-garbage.js';
import { emptyCase, type ModuleCase } from './module-case.js';
import { resourcesUsed } from './resources-used.js';
import type { MemoryOptions } from './runnable-workload.js';
import { type AllocationSpan, countSpan, type LiveHeaps, liveHeaps, usedBytes } from './v8-memory.js';

/** Readings of the live heap, each after a full collection; their slope over operations is the growth. */
const READINGS = 8;
/** The same of an endurance launch. */
const ENDURANCE_READINGS = 25;
/** V8's own tables, feedback and code grow at first; nothing counts before this share of the time is over. */
const SETTLING_SHARE = 0.25;
/** The same of an endurance launch, of its time and of its operations. */
const ENDURANCE_SETTLING_SHARE = 0.05;

/** V8 grows by some 50 KB while it meets a body for the first few dozen times; a leak cannot be told from that. */
const FEWEST_ITERATIONS = 100;
/** So few that no garbage collection comes between. */
const ENTRIES = 500;

/** How the iterations of a launch are divided. */
interface Division {
  readings: number;
  /** Iterations between two readings. */
  batch: number;
  /** Iterations after which an endurance launch ends. */
  wanted: number;
}

interface Reading extends LiveHeaps {
  iterations: number;
}

/** Sum of the stretches, and the readings between them. */
interface Counted {
  sum: AllocationSpan & { iterations: number };
  readings: Reading[];
}

/**
 * Counts for about `measureNs`, or until `operations` are done. Bytes allocated are what each garbage collection found
 * more than the one before it had left; bytes outside V8's heap, such as buffers, count too. V8 tells neither calls nor
 * peaks.
 *
 * @param before what lived before the case was set up
 */
export async function countModuleMemory(
  open: ModuleCase,
  options: MemoryOptions,
  before: LiveHeaps,
): Promise<Omit<MemoryUse, 'left'>> {
  const ownBytes = await bytesOfEntering(open.asynchronous);
  const division = divide(open, options, await settle(open, options));
  const meter = new (engine().ResourceMeter)();
  const { sum, readings } = await count(open, { ...division, ...options, ownBytes });
  const gc = { count: sum.gcCount, pauseNs: sum.gcPauseNs };
  const used = resourcesUsed(meter.finish(), { gc, eventLoopDelay: null });
  const relative = (key: keyof LiveHeaps) => readings.map((reading) => Math.round(reading[key] - before[key]));
  return {
    kind: 'memory',
    iterations: sum.iterations,
    operationsPerIteration: open.operations,
    allocations: null,
    allocatedBytes: sum.allocatedBytes / (sum.iterations * open.operations),
    peakBytes: null,
    retainedBytes: null,
    growthBytes: sum.iterations < FEWEST_ITERATIONS ? null : slope(readings) / open.operations,
    live: {
      operations: readings.map(({ iterations }) => iterations * open.operations),
      heapBytes: relative('heapBytes'),
      cBytes: relative('cBytes'),
    },
    held: null,
    complete: sum.iterations >= division.wanted,
    ...used,
    gc,
    maxRssBytes: process.resourceUsage().maxRSS * 1024,
    figures: open.figures(),
  };
}

/** Lets V8 meet the body; returns how many iterations took how long. */
async function settle(open: ModuleCase, { measureNs, operations }: MemoryOptions): Promise<{ each: number }> {
  const share = operations === undefined ? SETTLING_SHARE : ENDURANCE_SETTLING_SHARE;
  const most = operations === undefined ? Number.POSITIVE_INFINITY : (operations / open.operations) * share;
  if (open.checkedNs > measureNs * share) {
    await open.batch(open.concurrency);
    return { each: open.checkedNs / open.concurrency };
  }
  const start = nowNs();
  const iterations = await runFor(open, { durationNs: measureNs * share, iterations: most });
  return { each: (nowNs() - start) / iterations };
}

function divide(open: ModuleCase, { measureNs, operations }: MemoryOptions, { each }: { each: number }): Division {
  const readings = operations === undefined ? READINGS : ENDURANCE_READINGS;
  const share = operations === undefined ? 1 - SETTLING_SHARE : 1 - ENDURANCE_SETTLING_SHARE;
  const wanted = operations === undefined ? Number.POSITIVE_INFINITY : Math.ceil(operations / open.operations);
  const fitting = (measureNs * share) / each / readings;
  const batch = Math.max(open.concurrency, Math.ceil(Math.min(fitting, wanted / (readings - 1))));
  return { readings, batch, wanted };
}

async function count(
  open: ModuleCase,
  { readings: most, batch, measureNs, ownBytes }: Division & MemoryOptions & { ownBytes: number },
): Promise<Counted> {
  const spanBytes = await bytesOfSpan();
  const inputBytes = await bytesOfInput(open, { iterations: batch, spanBytes });
  const readingBytes = await bytesOfReading(open);
  const readings: Reading[] = [{ iterations: 0, ...liveHeaps() }];
  const sum = { iterations: 0, allocatedBytes: 0, gcCount: 0, gcPauseNs: 0 };
  const start = nowNs();
  // Long iterations end the launch before it has all its readings.
  for (let reading = 1; reading < most && (reading === 1 || nowNs() - start < 2 * measureNs); reading++) {
    const entered = open.entered();
    const span = await countSpan(() => open.batch(batch));
    const own = (open.entered() - entered) * ownBytes + batch * inputBytes + spanBytes;
    sum.iterations += batch;
    sum.allocatedBytes += Math.max(0, span.allocatedBytes - own);
    sum.gcCount += span.gcCount;
    sum.gcPauseNs += span.gcPauseNs;
    const { heapBytes, cBytes } = liveHeaps();
    readings.push({ iterations: sum.iterations, heapBytes: heapBytes - reading * readingBytes, cBytes });
  }
  return { sum, readings };
}

/** Bytes that a loop allocates each time it is entered, its clock readings and its promise among them. */
async function bytesOfEntering(asynchronous: boolean): Promise<number> {
  const empty = emptyCase(asynchronous);
  for (let i = 0; i < ENTRIES; i++) await empty.batch(1);
  collectGarbage();
  let bytes = -usedBytes();
  for (let i = 0; i < ENTRIES; i++) await empty.batch(1);
  bytes += usedBytes();
  return Math.max(0, bytes) / ENTRIES;
}

/** Bytes that counting a span allocates itself. */
async function bytesOfSpan(): Promise<number> {
  const spans: number[] = [];
  for (let i = 0; i < READINGS; i++) spans.push((await countSpan(() => {})).allocatedBytes);
  return middle(spans);
}

/**
 * Bytes of making an input, which are no cost of the operation. Each input is used by an operation afterwards, because
 * a body may expect all of them.
 */
async function bytesOfInput(
  open: ModuleCase,
  { iterations, spanBytes }: { iterations: number; spanBytes: number },
): Promise<number> {
  let [made, bytes] = [0, 0];
  while (made < iterations) {
    let count = 0;
    const span = await countSpan(() => {
      count = open.prepare(iterations - made);
    });
    if (count === 0) return 0;
    await open.batch(count);
    made += count;
    bytes += span.allocatedBytes - spanBytes;
  }
  return Math.max(0, bytes) / made;
}

/** Bytes that a reading itself leaves behind, the collector's own objects among them. */
async function bytesOfReading(open: ModuleCase): Promise<number> {
  const readings: number[] = [];
  for (let i = 0; i < READINGS; i++) {
    await countSpan(() => open.batch(0));
    readings.push(liveHeaps().heapBytes);
  }
  const differences = readings.slice(1).map((bytes, i) => bytes - (readings[i] as number));
  return middle(differences);
}

/** Runs iterations for a while, at most so many; returns how many. */
async function runFor(open: ModuleCase, limit: { durationNs: number; iterations: number }): Promise<number> {
  let [iterations, size] = [0, open.concurrency];
  for (const start = nowNs(); nowNs() - start < limit.durationNs && iterations < limit.iterations; ) {
    const before = nowNs();
    await open.batch(size);
    iterations += size;
    if (nowNs() - before < limit.durationNs / 20) size *= 2;
  }
  return iterations;
}

/**
 * The median of the slopes between all pairs of readings (Theil & Sen), bytes for each iteration: tables that V8 grows
 * once are a step in one place, and no leak.
 */
function slope(readings: readonly Reading[]): number {
  const slopes = readings.flatMap((a, i) =>
    readings.slice(i + 1).map((b) => (b.heapBytes - a.heapBytes) / (b.iterations - a.iterations)),
  );
  return middle(slopes);
}

function middle(values: readonly number[]): number {
  return engine().quantiles(Float64Array.from(values), Float64Array.of(0.5))[0] as number;
}
