// What JavaScript allocates, garbage included, by V8's sampling heap profiler.
import { writeFileSync } from 'node:fs';
import type { HeapProfiler } from 'node:inspector/promises';
import { join } from 'node:path';
import type { Capture } from './capture.js';
import { CaptureSession } from './capture-session.js';

/** Bytes between two samples. Half a megabyte sees too little in a second; below 32 KB the profiler takes a fifth of the time. */
export const ALLOCATION_INTERVAL_BYTES = 65_536;

/** Writes `alloc.heapprofile`. Without the two flags about collections only what still lives would be seen. */
export function allocationCapture(): Capture {
  const session = new CaptureSession();
  let profile: HeapProfiler.SamplingHeapProfile | undefined;
  return {
    async start() {
      session.connect();
      await session.post('HeapProfiler.startSampling', {
        samplingInterval: ALLOCATION_INTERVAL_BYTES,
        // The types of Node 20 do not know them, V8 does.
        ...{ includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true },
      });
    },
    async stop() {
      ({ profile } = await session.post('HeapProfiler.stopSampling'));
      session.disconnect();
    },
    async write(folder) {
      writeFileSync(join(folder, 'alloc.heapprofile'), JSON.stringify(profile));
      return { heapprofile: 'alloc.heapprofile' };
    },
  };
}
