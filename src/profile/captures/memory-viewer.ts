// Looks at the memory of this process: readings of all that is resident, and snapshots of V8's heap.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { getHeapStatistics, writeHeapSnapshot } from 'node:v8';
import { type AllocatorWatch, type MemoryReading, residentParts, WATCH_FILE } from '../../heap/index.js';
import { engine } from '../../native/index.js';

/** A view of this process's memory while a workload runs. */
export interface MemoryViewer {
  /** Reads what is resident; of all glances before the first look, the one with most counts. Takes a millisecond. */
  glance(): void;
  /** Takes a snapshot of V8's heap, garbage collected before. It stops the world for about 40 ms a megabyte. */
  look(iterations: number): Promise<void>;
  /** Writes what was seen; returns the names of the files by kind. */
  write(allocator: AllocatorWatch | null): Record<string, string>;
}

/** Opens a view that writes into `folder`. */
export function openMemoryViewer(folder: string): MemoryViewer {
  const [snapshots, iterations]: [string[], number[]] = [[], []];
  let fullest: MemoryReading | undefined;
  const glance = () => {
    const now = readMemory();
    if (fullest === undefined || sizeOf(now) > sizeOf(fullest)) fullest = now;
  };
  return {
    glance,
    async look(done) {
      if (snapshots.length === 0) glance();
      // What a turn of the event loop would let go, such as targets of weak references, is no growth.
      await setImmediate();
      const name = `memory.${snapshots.length + 1}.heapsnapshot`;
      writeHeapSnapshot(join(folder, name));
      snapshots.push(name);
      iterations.push(done);
    },
    write(allocator) {
      writeFileSync(join(folder, WATCH_FILE), JSON.stringify({ snapshots, iterations, reading: fullest, allocator }));
      return { watch: WATCH_FILE };
    },
  };
}

function sizeOf({ resident }: MemoryReading): number {
  return resident.anonymous + resident.mappedFiles + resident.stacks;
}

function readMemory(): MemoryReading {
  const { external, arrayBuffers } = process.memoryUsage();
  const { used_heap_size, total_heap_size, total_physical_size } = getHeapStatistics();
  return {
    resident: residentParts(readFileSync('/proc/self/smaps', 'utf8'), stackPointers()),
    v8: { used: used_heap_size, committed: total_heap_size, resident: total_physical_size },
    external,
    arrayBuffers,
    cHeap: engine().cHeapBytes(),
  };
}

/** Where the stacks of the other threads are; a thread that runs just now does not say. */
function stackPointers(): bigint[] {
  return readdirSync('/proc/self/task').flatMap((thread) => {
    try {
      const pointer = readFileSync(`/proc/self/task/${thread}/syscall`, 'utf8').trim().split(' ').at(-2);
      return pointer?.startsWith('0x') ? [BigInt(pointer)] : [];
    } catch {
      return []; // The thread has ended meanwhile, or the kernel does not tell.
    }
  });
}
