// What the engine of JavaScript does in a stretch of a launch: its collections, and how late its event loop is.
import { monitorEventLoopDelay, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Resources } from '../samples/index.js';

/** Twenty timers a second take 0.1 % of one core, on a thread that otherwise does nothing. */
const RESOLUTION_MS = 50;

/** What was seen. */
export type LoopSeen = Pick<Resources, 'gc' | 'eventLoopDelay'>;

/** How a stretch is watched. */
export interface WatchOptions {
  /** Whether the event loop is free while the workload runs, so that its delay says something. */
  delay: boolean;
}

/**
 * Watches until the returned function is called. Collections are told by V8 as they end, at no cost between them.
 *
 * @example
 * const stop = watchLoop({ delay: true });
 * const { gc } = await stop();
 */
export function watchLoop({ delay }: WatchOptions): () => Promise<LoopSeen> {
  const gc = { count: 0, pauseNs: 0 };
  const add = (entries: readonly PerformanceEntry[]) => {
    gc.count += entries.length;
    for (const { duration } of entries) gc.pauseNs += duration * 1e6;
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  const histogram = delay ? monitorEventLoopDelay({ resolution: RESOLUTION_MS }) : undefined;
  histogram?.enable();
  return async () => {
    histogram?.disable();
    await setImmediate(); // Collections are told in a turn of the event loop.
    add(observer.takeRecords());
    observer.disconnect();
    return { gc, eventLoopDelay: histogram && histogram.count > 0 ? delaysOf(histogram) : null };
  };
}

/** Node counts the time from one timer to the next, its period included. */
function delaysOf(histogram: ReturnType<typeof monitorEventLoopDelay>): NonNullable<Resources['eventLoopDelay']> {
  const late = (ns: number) => Math.max(0, ns - RESOLUTION_MS * 1e6);
  return { p50Ns: late(histogram.percentile(50)), p99Ns: late(histogram.percentile(99)), maxNs: late(histogram.max) };
}
