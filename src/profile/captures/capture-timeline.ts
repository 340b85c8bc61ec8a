// What happens in this process, moment by moment: CPU samples, collections, turns of the event loop, the user's marks.
import { writeFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector/promises';
import { join } from 'node:path';
import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { GCProfiler } from 'node:v8';
import type { Capture } from './capture.js';
import { CaptureSession } from './capture-session.js';

/** The file that the capture leaves, for whoever started the process. */
export interface TimelineCapture {
  /** Times are nanoseconds of `CLOCK_MONOTONIC`; this pair says what they are of the epoch, milliseconds. */
  clock: { monotonicNs: number; epochMs: number };
  /** The process's start, the capture's, its end, and the workload between set-up and teardown. */
  processNs: number;
  startNs: number;
  endNs: number;
  measured: { startNs: number; endNs: number };
  cpuProfile: Profiler.Profile;
  collections: Collection[];
  /** Ends of the event loop's turns that were waited for, and how late each was. */
  turns: { atNs: number[]; lateNs: number[] };
  marks: Mark[];
  /** Marks beyond those that are kept. */
  marksDropped: number;
}

/** A garbage collection; bytes are V8's heap in use, null where V8 did not say. */
export interface Collection {
  kind: string;
  startNs: number;
  pauseNs: number;
  beforeBytes: number | null;
  afterBytes: number | null;
}

/** `performance.mark` or, with an end after its start, `performance.measure` of the user's. */
export interface Mark {
  name: string;
  startNs: number;
  endNs: number;
}

/** One sample a millisecond, as the capture `cpu`. */
const SAMPLE_MICROSECONDS = 1000;
/** How often a turn of the event loop is asked for. */
const TURN_MS = 10;
/** A body that marks each iteration would fill the memory of its process. */
const MARKS_KEPT = 2_000;
/** A synchronous workload lets the event loop turn between iterations, this often. */
const TURN_EVERY_NS = 5e6;

const KINDS: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weak callbacks',
};

/** Writes `timeline.capture.json`, a {@link TimelineCapture}. */
export function timelineCapture(): Capture {
  const session = new CaptureSession();
  const collector = new GCProfiler();
  const seen = observe();
  const turns = watchTurns();
  let [startNs, endNs, measured] = [0, 0, { startNs: 0, endNs: 0 }];
  let cpuProfile: Profiler.Profile;
  return {
    turnEveryNs: TURN_EVERY_NS,
    // It shows the launch from its begin, with what V8 still compiles.
    onlyRun: true,
    async start() {
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
      seen.start();
      collector.start();
      turns.start();
      await session.post('Profiler.start');
      startNs = nowNs();
    },
    async stop(span) {
      endNs = nowNs();
      measured = { startNs: span.startNs, endNs: span.endNs };
      cpuProfile = (await session.post('Profiler.stop')).profile;
      session.disconnect();
      turns.stop();
      await setImmediate(); // Collections are told in a turn of the event loop.
      seen.stop(collector.stop().statistics);
    },
    async write(folder) {
      const capture: TimelineCapture = {
        clock: { monotonicNs: nowNs(), epochMs: Date.now() },
        processNs: toMonotonicNs(0),
        startNs,
        endNs,
        measured,
        cpuProfile,
        turns: turns.seen,
        ...seen.result(),
      };
      writeFileSync(join(folder, 'timeline.capture.json'), JSON.stringify(capture));
      return { capture: 'timeline.capture.json' };
    },
  };
}

function nowNs(): number {
  return Number(process.hrtime.bigint());
}

/** `performance.now` counts from the start of the process. */
function toMonotonicNs(performanceMs: number): number {
  return nowNs() - (performance.now() - performanceMs) * 1e6;
}

type Statistics = ReturnType<GCProfiler['stop']>['statistics'];

function observe() {
  const [collections, marks]: [Collection[], Mark[]] = [[], []];
  let marksDropped = 0;
  const add = (entry: PerformanceEntry) => {
    const startNs = toMonotonicNs(entry.startTime);
    if (entry.entryType === 'gc') {
      const kind = KINDS[(entry.detail as { kind: number }).kind] ?? 'other';
      collections.push({ kind, startNs, pauseNs: entry.duration * 1e6, beforeBytes: null, afterBytes: null });
    } else if (marks.length < MARKS_KEPT)
      marks.push({ name: entry.name, startNs, endNs: startNs + entry.duration * 1e6 });
    else marksDropped += 1;
  };
  const observer = new PerformanceObserver((list) => list.getEntries().forEach(add));
  return {
    start: () => observer.observe({ entryTypes: ['gc', 'mark', 'measure'] }),
    stop(statistics: Statistics) {
      observer.takeRecords().forEach(add);
      observer.disconnect();
      addHeaps(collections, statistics);
    },
    result: () => ({ collections, marks, marksDropped }),
  };
}

/** Both tell the same collections in the same order: one knows when they were, the other what they found. */
function addHeaps(collections: Collection[], statistics: Statistics): void {
  if (collections.length !== statistics.length) return;
  for (const [index, { beforeGC, afterGC }] of statistics.entries()) {
    const collection = collections[index] as Collection;
    collection.beforeBytes = beforeGC.heapStatistics.usedHeapSize;
    collection.afterBytes = afterGC.heapStatistics.usedHeapSize;
  }
}

function watchTurns() {
  const seen: TimelineCapture['turns'] = { atNs: [], lateNs: [] };
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;
  const ask = () => {
    asked = nowNs();
    timer = setTimeout(turn, TURN_MS);
  };
  const turn = () => {
    const now = nowNs();
    seen.atNs.push(now);
    seen.lateNs.push(Math.max(0, now - asked - TURN_MS * 1e6));
    ask();
  };
  return { seen, start: ask, stop: () => clearTimeout(timer) };
}
