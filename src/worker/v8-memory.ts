// Readings of V8's heap, the buffers outside it, and the C heap beside both.
import { setTimeout } from 'node:timers/promises';
import { GCProfiler, type GCProfilerResult, getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import { engine } from '../native/index.js';
import { collectGarbage } from './collect-garbage.js';

/** V8 compiles anew after a garbage collection, and takes this memory 100 KB and more at a time. */
const CODE_SPACES = new Set(['code_space', 'code_large_object_space']);

/** What was allocated and collected within a stretch. */
export interface AllocationSpan {
  allocatedBytes: number;
  gcCount: number;
  gcPauseNs: number;
}

/** What lives at a moment, after full collections. */
export interface LiveHeaps {
  /** V8's heap without its code, and the buffers outside it. */
  heapBytes: number;
  /** What else `malloc` has handed out; 0 where the C library does not say. */
  cBytes: number;
}

/** Does `work` and says what was allocated meanwhile: what each collection found more than the one before had left. */
export async function countSpan(work: () => unknown): Promise<AllocationSpan> {
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
export function usedBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  let bytes = used_heap_size + external_memory;
  for (const { space_name, space_used_size } of getHeapSpaceStatistics())
    if (CODE_SPACES.has(space_name)) bytes -= space_used_size;
  return bytes;
}

/** Readings of the C heap that have to agree, and how often it is read at most, a millisecond apart. */
const CALM = 3;
const PATIENCE = 50;
const NOBODY = new Int32Array(new SharedArrayBuffer(4));

/** Collects all garbage, waits until V8's own threads have given back what they worked with, and reads what is left. */
export function liveHeaps(): LiveHeaps {
  // What the first collection finalises, the second frees.
  collectGarbage();
  collectGarbage();
  const heapBytes = usedBytes();
  let [cBytes, same] = [cHeapBytes(), 1];
  for (let reading = 0; same < CALM && reading < PATIENCE; reading++) {
    Atomics.wait(NOBODY, 0, 0, 1); // Waits without a promise or a timer, which would stay in the heap.
    const now = cHeapBytes();
    same = now === cBytes ? same + 1 : 1;
    cBytes = now;
  }
  return { heapBytes, cBytes };
}

/** Readings of which the least counts, and the time between them. */
const READINGS = 4;
const PAUSE_MS = 5;

/**
 * The least that lives while the event loop turns a few times: V8 compiles and collects in threads of its own and holds
 * up to a megabyte for it, until the loop takes over what they made.
 */
export async function calmHeaps(): Promise<LiveHeaps> {
  let { heapBytes, cBytes } = liveHeaps();
  for (let reading = 1; reading < READINGS; reading++) {
    await setTimeout(PAUSE_MS);
    const now = liveHeaps();
    heapBytes = Math.min(heapBytes, now.heapBytes);
    cBytes = Math.min(cBytes, now.cBytes);
  }
  return { heapBytes, cBytes };
}

function cHeapBytes(): number {
  const buffers = process.memoryUsage().arrayBuffers;
  return (engine().cHeapBytes() ?? buffers) - buffers;
}

/** The same as `usedBytes` as a garbage collection saw it. */
function usedAt({ heapStatistics, heapSpaceStatistics }: GCProfilerResult['statistics'][number]['beforeGC']): number {
  let bytes = heapStatistics.usedHeapSize + heapStatistics.externalMemory;
  for (const { spaceName, spaceUsedSize } of heapSpaceStatistics)
    if (CODE_SPACES.has(spaceName)) bytes -= spaceUsedSize;
  return bytes;
}
