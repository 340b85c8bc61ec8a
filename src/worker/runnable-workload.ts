// What a worker asks of a workload, whichever kind it is.
import type { MemoryViewer } from '../profile/index.js';
import type { LaunchRequest, MemoryUse, Span, Timing } from '../samples/index.js';

/** Times in nanoseconds. */
export interface MeasureOptions {
  warmUpNs: number;
  measureNs: number;
  samples: number;
  countNs?: number | undefined;
  /** Turns with the other launch of a duet; absent where this one is on its own. */
  turns?: LaunchRequest['turns'];
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
  /** Told when the span begins and ends: set-up, check and teardown lie outside. Only JavaScript tells. */
  around?: { start(): void; stop(): void };
}

/** How a workload runs while its memory is watched. */
export interface WatchMemoryOptions {
  /** Time for all stretches, nanoseconds; set-up and what the viewer takes are not in it. */
  durationNs: number;
  stretches: number;
}

/** A span with what Rust's allocator counted in it, null where it does not count. */
export interface MemoryWatched {
  span: Span;
  use: MemoryUse | null;
}

/** The things that a launch may ask for. */
export interface RunnableWorkload {
  /** Runs it once and checks its answer. */
  verify(): Promise<void>;
  /** Verifies, warms up, takes samples. */
  time(options: MeasureOptions): Promise<Timing>;
  /** Counts what it allocates. */
  countMemory(options: MemoryOptions): Promise<MemoryUse>;
  /** Runs it for a while on the JavaScript thread. */
  run(durationNs: number, options?: RunOptions): Promise<Span>;
  /** Runs it in stretches of as many iterations each, with a look at memory after each. */
  watchMemory(options: WatchMemoryOptions, viewer: MemoryViewer): Promise<MemoryWatched>;
}
