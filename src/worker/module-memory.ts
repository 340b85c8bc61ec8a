// What a JavaScript case allocates and what it leaves behind, read from V8.
import { GCProfiler, type GCProfilerResult, getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
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
/** V8 compiles anew after a garbage collection, and takes this memory 100 KB and more at a time. */
const CODE_SPACES = new Set(['code_space', 'code_large_object_space']);
/** So few that no garbage collection comes between. */
const ENTRIES = 500;

interface Span {
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
  const spanBytes = await bytesOfSpan();
  const inputBytes = await bytesOfInput(open, { iterations: batch, spanBytes });
  const readingBytes = await bytesOfReading(open);
  const points: { iterations: number; liveBytes: number }[] = [{ iterations: 0, liveBytes: liveBytes() }];
  const sum = { iterations: 0, allocatedBytes: 0, gcCount: 0, gcPauseNs: 0 };
  const start = nowNs();
  // Long iterations end the launch before it has all its readings.
  for (let reading = 1; reading < READINGS && (reading === 1 || nowNs() - start < 2 * measureNs); reading++) {
    const entered = open.entered();
    const span = await countSpan(() => open.batch(batch));
    const own = (open.entered() - entered) * ownBytes + batch * inputBytes + spanBytes;
    sum.iterations += batch;
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

async function countSpan(work: () => unknown): Promise<Span> {
  const collector = new GCProfiler();
  collector.start();
  let level = usedBytes();
  await work();
  const end = usedBytes();
  const collections = collector.stop().statistics;
  let allocatedBytes = 0;
  for (const { beforeGC, afterGC } of collections) {
    allocatedBytes += usedAt(beforeGC) - level;
    level = usedAt(afterGC);
  }
  return {
    allocatedBytes: Math.max(0, allocatedBytes + end - level),
    gcCount: collections.length,
    gcPauseNs: collections.reduce((sum, { cost }) => sum + cost * 1e3, 0),
  };
}

/** Bytes in use now, V8's own code left out. */
function usedBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  let bytes = used_heap_size + external_memory;
  for (const { space_name, space_used_size } of getHeapSpaceStatistics())
    if (CODE_SPACES.has(space_name)) bytes -= space_used_size;
  return bytes;
}

/** The same as a garbage collection saw it. */
function usedAt({ heapStatistics, heapSpaceStatistics }: GCProfilerResult['statistics'][number]['beforeGC']): number {
  let bytes = heapStatistics.usedHeapSize + heapStatistics.externalMemory;
  for (const { spaceName, spaceUsedSize } of heapSpaceStatistics)
    if (CODE_SPACES.has(spaceName)) bytes -= spaceUsedSize;
  return bytes;
}

function liveBytes(): number {
  // What the first collection finalises, the second frees.
  collectGarbage();
  collectGarbage();
  return usedBytes();
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
