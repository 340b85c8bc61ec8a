// What lives on V8's heap when the workload has run.
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import type { Capture } from './capture.js';

/** Writes `heap.heapsnapshot`. It stops the world for about 40 ms a megabyte, so it is taken once, after the workload. */
export function heapCapture(): Capture {
  return {
    async start() {},
    async stop() {},
    async write(folder) {
      writeHeapSnapshot(join(folder, 'heap.heapsnapshot'));
      return { heapsnapshot: 'heap.heapsnapshot' };
    },
  };
}
