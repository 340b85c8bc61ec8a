// What a JavaScript case allocates and what it leaves behind, read from V8.
import { GCProfiler, getHeapStatistics } from 'node:v8';
import { engine } from '../native/index.js';
import type { MemoryUse } from '../samples/index.js';
import { nowNs } from './clock.js';
import { collectGarbage } from './collect-garbage.js';
import { emptyCase, type ModuleCase } from './module-case.js';
import type { MeasureOptions } from './runnable-workload.js';

/** Readings of the live heap, each after a full collection; their slope over operations is the growth. */
const READINGS = 8;
/** V8's own tables, feedback and code grow at first; nothing counts before this share of the time is over. */
const SETTLING_SHARE = 0.25;

/** V8 grows by some 50 KB while it meets a body for the first few dozen times; a leak cannot be told from that. */
const FEWEST_ITERATIONS = 100;
/** So few that no garbage collection comes between. */
const ENTRIES = 500;

interface Span {
  iterations: number;
  allocatedBytes: number;
  gcCount: number;
  gcPauseNs: number;
}

/**
 * Counts for about `measureNs`. Bytes allocated are what each garbage collection found more than the one before it had
 * left; bytes outside V8's heap, such as buffers, count too. V8 tells neither calls nor peaks.
 */
export async function countModuleMemory(open: ModuleCase, { measureNs }: MeasureOptions): Promise<MemoryUse> {
  const ownBytes = await bytesOfEntering(open.asynchronous);
  const settlingNs = measureNs * SETTLING_SHARE;
  const settling = open.checkedNs > settlingNs ? open.concurrency : await runFor(open, settlingNs);
  const batch = Math.max(open.concurrency, Math.ceil((settling * (1 / SETTLING_SHARE - 1)) / READINGS));
  const readingBytes = await bytesOfReading(open);
  const points: { iterations: number; liveBytes: number }[] = [{ iterations: 0, liveBytes: liveBytes() }];
  const sum: Span = { iterations: 0, allocatedBytes: 0, gcCount: 0, gcPauseNs: 0 };
  const start = nowNs();
  // Long iterations end the launch before it has all its readings.
  for (let reading = 1; reading < READINGS && (reading === 1 || nowNs() - start < 2 * measureNs); reading++) {
    const entered = open.entered();
    const span = await countSpan(open, batch);
    const own = (open.entered() - entered) * ownBytes;
    sum.iterations += span.iterations;
    sum.allocatedBytes += Math.max(0, span.allocatedBytes - own);
    sum.gcCount += span.gcCount;
    sum.gcPauseNs += span.gcPauseNs;
    points.push({ iterations: sum.iterations, liveBytes: liveBytes() - reading * readingBytes });
  }
  return {
    kind: 'memory',
    iterations: sum.iterations,
    operationsPerIteration: open.operations,
    allocations: null,
    allocatedBytes: sum.allocatedBytes / (sum.iterations * open.operations),
    peakBytes: null,
    retainedBytes: null,
    growthBytes: sum.iterations < FEWEST_ITERATIONS ? null : slope(points) / open.operations,
    gc: { count: sum.gcCount, pauseNs: sum.gcPauseNs },
    maxRssBytes: process.resourceUsage().maxRSS * 1024,
    figures: open.figures(),
  };
}

/** Bytes that a loop allocates each time it is entered, its clock readings and its promise among them. */
async function bytesOfEntering(asynchronous: boolean): Promise<number> {
  const empty = emptyCase(asynchronous);
  for (let i = 0; i < ENTRIES; i++) await empty.batch(1);
  collectGarbage();
  let bytes = -usedBytes(getHeapStatistics());
  for (let i = 0; i < ENTRIES; i++) await empty.batch(1);
  bytes += usedBytes(getHeapStatistics());
  return Math.max(0, bytes) / ENTRIES;
}

/** Bytes that a reading itself leaves behind, the collector's own objects among them. */
async function bytesOfReading(open: ModuleCase): Promise<number> {
  const readings: number[] = [];
  for (let i = 0; i < READINGS; i++) {
    await countSpan(open, 0);
    readings.push(liveBytes());
  }
  const differences = readings.slice(1).map((bytes, i) => bytes - (readings[i] as number));
  return middle(differences);
}

/** Runs iterations for a while; returns how many. */
async function runFor(open: ModuleCase, durationNs: number): Promise<number> {
  let [iterations, size] = [0, open.concurrency];
  for (const start = nowNs(); nowNs() - start < durationNs; ) {
    const before = nowNs();
    await open.batch(size);
    iterations += size;
    if (nowNs() - before < durationNs / 20) size *= 2;
  }
  return iterations;
}

async function countSpan(open: ModuleCase, iterations: number): Promise<Span> {
  const collector = new GCProfiler();
  collector.start();
  let level = usedBytes(getHeapStatistics());
  await open.batch(iterations);
  const end = usedBytes(getHeapStatistics());
  const collections = collector.stop().statistics;
  let allocatedBytes = 0;
  for (const { beforeGC, afterGC } of collections) {
    allocatedBytes += beforeGC.heapStatistics.usedHeapSize + beforeGC.heapStatistics.externalMemory - level;
    level = afterGC.heapStatistics.usedHeapSize + afterGC.heapStatistics.externalMemory;
  }
  return {
    iterations,
    allocatedBytes: Math.max(0, allocatedBytes + end - level),
    gcCount: collections.length,
    gcPauseNs: collections.reduce((sum, { cost }) => sum + cost * 1e3, 0),
  };
}

function usedBytes(heap: ReturnType<typeof getHeapStatistics>): number {
  return heap.used_heap_size + heap.external_memory;
}

function liveBytes(): number {
  // What the first collection finalises, the second frees.
  collectGarbage();
  collectGarbage();
  return usedBytes(getHeapStatistics());
}

/**
 * The median of the slopes between all pairs of readings (Theil & Sen), bytes for each iteration: tables that V8 grows
 * once are a step in one place, and no leak.
 */
function slope(points: readonly { iterations: number; liveBytes: number }[]): number {
  const slopes = points.flatMap((a, i) =>
    points.slice(i + 1).map((b) => (b.liveBytes - a.liveBytes) / (b.iterations - a.iterations)),
  );
  return middle(slopes);
}

function middle(values: readonly number[]): number {
  return engine().quantiles(Float64Array.from(values), Float64Array.of(0.5))[0] as number;
}
