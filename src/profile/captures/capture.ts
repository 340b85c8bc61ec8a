// What a worker can capture of itself while its workload runs.
import { allocationCapture } from './capture-allocations.js';
import { borderCapture } from './capture-border.js';
import { cpuCapture } from './capture-cpu.js';
import { heapCapture } from './capture-heap.js';
import { metricsCapture } from './capture-metrics.js';
import { nativeCapture } from './capture-native.js';
import { rustAllocationCapture } from './capture-rust-allocations.js';
import { timelineCapture } from './capture-timeline.js';
import { v8ProfilerNextCapture } from './capture-v8-profiler-next.js';

/** `CLOCK_MONOTONIC` around the workload, nanoseconds. */
export interface WatchedSpan {
  startNs: number;
  endNs: number;
}

/** A profiler inside this process: started, stopped, written. */
export interface Capture {
  /** How often the event loop must turn for it, nanoseconds; a workload in JavaScript lets it, between iterations. */
  readonly turnEveryNs?: number;
  /** True where the workload may run only once in the process: no run without watching stands before or after. */
  readonly onlyRun?: boolean;
  start(): Promise<void>;
  /** Called when the workload is set up and checked, and begins to run; and when it has run, before it is torn down. */
  enter?(): void;
  leave?(): void;
  /** Ends watching; all captures are stopped before the first is written, because writing is work too. */
  stop(span: WatchedSpan): Promise<void>;
  /** Writes the files; returns their names by kind. */
  write(folder: string): Promise<Record<string, string>>;
}

/** What some captures need to know. */
export interface CaptureOptions {
  /** Folders whose JavaScript is forgebench's own. */
  ownFolders?: readonly string[];
}

const CAPTURES: Readonly<Record<string, (options: CaptureOptions) => Capture>> = {
  alloc: allocationCapture,
  border: borderCapture,
  cpu: cpuCapture,
  heap: heapCapture,
  metrics: metricsCapture,
  native: nativeCapture,
  'rust-alloc': rustAllocationCapture,
  timeline: timelineCapture,
  'v8-profiler-next': v8ProfilerNextCapture,
};

/**
 * Opens a capture: `alloc` writes `alloc.heapprofile` of what was allocated, garbage included; `border` writes
 * `border.counts.json`; `cpu` writes `cpu.cpuprofile`; `heap` writes `heap.heapsnapshot` of what lives when the workload
 * has run; `metrics` writes `metrics.readings.json`; `native` writes `native.profile.json`, a `Profile`; `rust-alloc` writes another and `rust-alloc.counts.json`;
 * `timeline` writes `timeline.capture.json`;
 * `v8-profiler-next` writes a CPU profile, a heap profile and a snapshot.
 *
 * @throws Error for any other name
 */
export function openCapture(engine: string, options: CaptureOptions = {}): Capture {
  const open = CAPTURES[engine];
  if (!open)
    throw new Error(
      `Cannot capture "${engine}": no such profiler in the worker; use one of ${Object.keys(CAPTURES).join(', ')}`,
    );
  return open(options);
}
