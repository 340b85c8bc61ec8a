// The memory of one case: what an operation asks for, whether what lives grows, and what teardown leaves.
import { engine } from '../native/index.js';
import type { MemoryUse, Timing } from '../samples/index.js';
import { estimateOf } from './figure.js';
import type { Estimate, Figure, Summary } from './summary.js';

/** Makes a figure of one number for each launch. */
export type MakeFigure = (values: number[]) => Figure;

/** What growth is told for. */
const MILLION = 1e6;
/** A workload that holds less is taken to hold this: below it, a share would be a matter of single bytes. */
const LEAST_LIVE = 64 * 1024;
/** V8 by itself holds some 10 KB more or less from one collection to the next. */
const LEAST_LIVE_IN_V8 = 2 ** 20;
/** With less live memory, resident pages say more of the program than of fragments. */
const LEAST_FRAGMENTED = 4 * 2 ** 20;

const NO_LAUNCH = { missing: 'no memory launch finished' };
const NOT_COUNTED = { missing: 'no launch has counted allocations' };
const V8_SILENT = { missing: 'V8 does not tell it' };
const NO_LINE = { missing: 'iterations take too long to make a line of what they leave' };
const NOT_REPEATED = { missing: 'its set-up takes too long to be repeated in this time; run it with --memory' };

/** What memory figures are made with. */
export interface MemoryInput {
  timings: readonly Timing[];
  figure: MakeFigure;
  significance: number;
}

/** The memory figures of a case. */
export function summarizeMemory(
  memories: readonly MemoryUse[],
  { timings, figure, significance }: MemoryInput,
): Summary['memory'] {
  const of = (value: (memory: MemoryUse) => number | null | undefined, missing: Figure = V8_SILENT): Figure => {
    if (memories.length === 0) return NO_LAUNCH;
    const values = memories.flatMap((memory) => value(memory) ?? []);
    return values.length === 0 ? missing : figure(values);
  };
  // A timed launch of Rust counts, too, once nothing is timed any more.
  const counted = (key: 'allocations' | 'allocatedBytes' | 'peakBytes' | 'retainedBytes' | 'growthBytes'): Figure => {
    const launches = [...memories, ...timings.flatMap(({ counts }) => counts ?? [])];
    if (launches.length === 0) return NOT_COUNTED;
    const values = launches.flatMap((launch) => launch[key] ?? []);
    if (values.length > 0) return figure(values);
    return memories.length > 0 ? V8_SILENT : NO_LINE;
  };
  const noCollector = { missing: 'native work makes no garbage for V8' };
  const small = { missing: `less than ${LEAST_FRAGMENTED / 2 ** 20} MiB lived at once` };
  return {
    allocations: counted('allocations'),
    allocatedBytes: counted('allocatedBytes'),
    peakBytes: counted('peakBytes'),
    retainedBytes: counted('retainedBytes'),
    growthBytes: memories.length > 0 ? of(({ growthBytes }) => growthBytes, NO_LINE) : counted('growthBytes'),
    maxRssBytes: figure((timings.length > 0 ? timings : memories).map(({ maxRssBytes }) => maxRssBytes)),
    liveBytes: of(liveInUse),
    liveGrowth: memories.length === 0 ? NO_LAUNCH : hull(memories.map((memory) => liveGrowth(memory, significance))),
    leftBytes: memories.length === 0 ? NO_LAUNCH : leftBytes(memories, significance),
    leftFirstBytes: of(({ left }) => left?.firstBytes, NOT_REPEATED),
    fragmentation: of(({ held }) => (isLarge(held) ? held.residentBytes / held.liveBytes : null), small),
    collections: of(({ gc, ...memory }) => gc && (gc.count / operationsOf(memory)) * MILLION, noCollector),
    collectionNs: of(({ gc, ...memory }) => gc && gc.pauseNs / operationsOf(memory), noCollector),
    operations: memories.length === 0 ? null : Math.min(...memories.map(operationsOf)),
    series: longestSeries(memories),
  };
}

function operationsOf({
  iterations,
  operationsPerIteration,
}: Pick<MemoryUse, 'iterations' | 'operationsPerIteration'>) {
  return iterations * operationsPerIteration;
}

function isLarge(held: MemoryUse['held']): held is NonNullable<MemoryUse['held']> {
  return held !== null && held.liveBytes >= LEAST_FRAGMENTED;
}

/** Live bytes of both heaps at each reading. */
function liveBytes({ live }: MemoryUse): number[] {
  return live.heapBytes.map((bytes, reading) => bytes + (live.cBytes[reading] ?? 0));
}

/** Live bytes of the workload in use: at its start, or while an output was held, where that was told and is more. */
function liveInUse(memory: MemoryUse): number {
  return Math.max(liveBytes(memory)[0] ?? 0, memory.held?.liveBytes ?? 0);
}

/** Growth of one launch in a million operations, as a share of what lived in use. */
function liveGrowth(memory: MemoryUse, significance: number): Figure {
  const least = memory.gc === null ? LEAST_LIVE : LEAST_LIVE_IN_V8;
  const scale = MILLION / Math.max(least, liveInUse(memory));
  // The first reading is that of a moment, the others are each the least of a stretch.
  const { missing, value, low, high } = engine().drift(
    Float64Array.from(memory.live.operations.slice(1, -1)),
    Float64Array.from(lasting(liveBytes(memory)).slice(1)),
    1 - significance,
  );
  if (missing !== undefined) return { missing };
  return { estimate: { value: value * scale, low: low * scale, high: high * scale } };
}

/**
 * Of each reading what still lives at the next one; the last has none. A compiler thread of V8 that is at work, or a task
 * that has not freed its memory yet, raises a single reading by hundreds of kilobytes.
 */
function lasting(readings: readonly number[]): number[] {
  return readings.slice(0, -1).map((bytes, reading) => Math.min(bytes, readings[reading + 1] as number));
}

/**
 * One figure of several launches, each with an interval of its own: it spans all of them, so a promise is kept, or
 * broken, only where every launch says so.
 */
function hull(figures: readonly Figure[]): Figure {
  const estimates = figures.flatMap((figure) => estimateOf(figure) ?? []);
  return estimates.length === 0 ? (figures[0] as Figure) : { estimate: span(estimates) };
}

function span(estimates: readonly Estimate[]): Estimate {
  return {
    value: estimates.reduce((sum, { value }) => sum + value, 0) / estimates.length,
    low: Math.min(...estimates.map(({ low }) => low)),
    high: Math.max(...estimates.map(({ high }) => high)),
  };
}

/** The median of what all rounds left, and the interval of the sign test. */
function leftBytes(memories: readonly MemoryUse[], significance: number): Figure {
  const rounds = memories.flatMap(({ left }) => left?.rounds ?? []).toSorted((a, b) => a - b);
  if (rounds.length === 0) return NOT_REPEATED;
  const outside = roundsOutside(rounds.length, significance);
  const [low, high] = [rounds[outside] as number, rounds[rounds.length - 1 - outside] as number];
  const value = engine().quantiles(Float64Array.from(rounds), Float64Array.of(0.5))[0] as number;
  return { estimate: { value, low, high } };
}

/**
 * How many values at each end lie outside an interval of the median that covers it with 1 − significance, whatever
 * their distribution; of six or fewer none, where the interval covers less (Conover, Practical Nonparametric Statistics,
 * 1999, section 3.2).
 */
function roundsOutside(count: number, significance: number): number {
  let [outside, probability] = [0, 0.5 ** count];
  for (let tail = probability; outside < count / 2; outside++) {
    probability *= (count - outside) / (outside + 1);
    tail += probability;
    if (2 * tail > significance) break;
  }
  return outside;
}

function longestSeries(memories: readonly MemoryUse[]): Summary['memory']['series'] {
  const [longest] = memories.toSorted((a, b) => operationsOf(b) - operationsOf(a));
  if (longest === undefined) return { operations: [], liveBytes: [] };
  return { operations: longest.live.operations, liveBytes: liveBytes(longest) };
}
