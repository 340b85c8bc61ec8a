// V8's profilers through the package v8-profiler-next, which need not be installed.
import { createWriteStream, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Capture } from './capture.js';

/** What is used of the package; its own types are there only where it is installed. */
interface V8ProfilerNext {
  setGenerateType(type: 0 | 1): void;
  /** Microseconds, whatever its own types say. */
  setSamplingInterval(interval: number): void;
  startProfiling(name: string, recordSamples: boolean): void;
  stopProfiling(name: string): { delete(): void };
  /** Bytes between two samples, and the deepest stack. */
  startSamplingHeapProfiling(interval: number, depth: number): void;
  stopSamplingHeapProfiling(): unknown;
  takeSnapshot(): { export(stream: NodeJS.WritableStream): void; delete(): void };
}

const NAME = 'forgebench';
/** The `.cpuprofile` of today, with nodes and time differences; 0 is a format of 2013. */
const CURRENT_FORMAT = 1;
const INTERVAL_MICROSECONDS = 1000;
const HEAP_INTERVAL_BYTES = 65_536;
const HEAP_STACK_DEPTH = 64;
const FILES = {
  cpuprofile: 'v8-profiler-next.cpuprofile',
  heapprofile: 'v8-profiler-next.heapprofile',
  heapsnapshot: 'v8-profiler-next.heapsnapshot',
};

/**
 * Writes `v8-profiler-next.cpuprofile`, and of what lives when the workload has run `v8-profiler-next.heapprofile` and
 * `v8-profiler-next.heapsnapshot`.
 */
export function v8ProfilerNextCapture(): Capture {
  const profiler = load();
  let profile: ReturnType<V8ProfilerNext['stopProfiling']> | undefined;
  let heapProfile: unknown;
  const end = () => {
    profile = profiler.stopProfiling(NAME);
    heapProfile = profiler.stopSamplingHeapProfiling();
  };
  return {
    async start() {
      profiler.setGenerateType(CURRENT_FORMAT);
      profiler.setSamplingInterval(INTERVAL_MICROSECONDS);
      profiler.startSamplingHeapProfiling(HEAP_INTERVAL_BYTES, HEAP_STACK_DEPTH);
      profiler.startProfiling(NAME, true);
      // As `CaptureSession` says: V8 must not sample a process that ends early.
      process.once('exit', end);
    },
    async stop() {
      process.off('exit', end);
      end();
    },
    async write(folder) {
      writeFileSync(join(folder, FILES.cpuprofile), JSON.stringify(profile));
      writeFileSync(join(folder, FILES.heapprofile), JSON.stringify(heapProfile));
      // The snapshot must not find them.
      profile?.delete();
      [profile, heapProfile] = [undefined, undefined];
      const stream = createWriteStream(join(folder, FILES.heapsnapshot));
      const snapshot = profiler.takeSnapshot();
      snapshot.export(stream);
      await finished(stream);
      snapshot.delete();
      return { ...FILES };
    },
  };
}

function load(): V8ProfilerNext {
  try {
    return createRequire(import.meta.url)('v8-profiler-next') as V8ProfilerNext;
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0];
    throw new Error(
      `Cannot load v8-profiler-next: ${reason}; run "npm install --include=optional && npm rebuild v8-profiler-next" (it needs a C++ compiler and does not build on Node 26), or use cpu and heap`,
      { cause: error },
    );
  }
}
