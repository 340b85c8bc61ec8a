// What a worker asks of a workload, whichever kind it is.
import type { MemoryUse, Span, Timing } from '../samples/index.js';

/** Times in nanoseconds. */
export interface MeasureOptions {
  warmUpNs: number;
  measureNs: number;
  samples: number;
  countNs?: number | undefined;
}

/** How long a launch counts: for the time, or until so many operations are done. */
export interface MemoryOptions {
  measureNs: number;
  operations?: number | undefined;
}

/** How a workload runs for a profiler. */
export interface RunOptions {
  /** Time after which the event loop gets a turn, nanoseconds; never where it is absent. Only JavaScript obeys. */
  turnEveryNs?: number;
}

/** The four things that a launch may ask for. */
export interface RunnableWorkload {
  /** Runs it once and checks its answer. */
  verify(): Promise<void>;
  /** Verifies, warms up, takes samples. */
  time(options: MeasureOptions): Promise<Timing>;
  /** Counts what it allocates. */
  countMemory(options: MemoryOptions): Promise<MemoryUse>;
  /** Runs it for a while on the JavaScript thread. */
  run(durationNs: number, options?: RunOptions): Promise<Span>;
}
