// What a worker leaves of a launch that watches memory; read again by whoever started it.
import type { MemoryReading } from './memory-account.js';

/** The name by which a request of kind `profile` asks for it, in the place of captures. */
export const MEMORY_WATCH = 'memory';
/** The file in the case's folder that holds it. */
export const WATCH_FILE = 'memory-watch.json';

/** Snapshots and readings of one launch. */
export interface MemoryWatch {
  /** Names of snapshot files, the oldest first, and the iterations done at each. */
  snapshots: string[];
  iterations: number[];
  /** While the workload was there and before the first snapshot, which takes memory of its own. */
  reading: MemoryReading;
  /** What Rust's counting allocator saw; null where nothing counts. */
  allocator: AllocatorWatch | null;
}

/** Live bytes of Rust over operations, more than before the set-up. */
export interface AllocatorWatch {
  operations: number[];
  liveBytes: number[];
  /** What each further round of set-up, iterations and teardown left; null where that was not tried. */
  leftBytes: number[] | null;
}
