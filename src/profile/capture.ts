// What a worker can capture of itself while its workload runs.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';

/** A profiler inside this process. */
export interface Capture {
  start(): Promise<void>;
  /** Ends the capture and writes its files; returns their names by kind. */
  stop(folder: string): Promise<Record<string, string>>;
}

/** One sample a millisecond costs 4–6 %; V8 cannot keep up below half of that. */
const CPU_INTERVAL_MICROSECONDS = 1000;

const CAPTURES: Readonly<Record<string, () => Capture>> = { cpu: cpuCapture, heap: heapCapture };

/**
 * Opens a capture: `cpu` writes `cpu.cpuprofile`, `heap` writes `heap.heapsnapshot` of what lives when the workload has run.
 *
 * @throws Error for any other name
 */
export function openCapture(engine: string): Capture {
  const open = CAPTURES[engine];
  if (!open)
    throw new Error(
      `Cannot capture "${engine}": no such profiler in the worker; use ${Object.keys(CAPTURES).join(' or ')}`,
    );
  return open();
}

/** V8's sampling profiler. It cannot see native code and books it to the JavaScript that called. */
function cpuCapture(): Capture {
  const session = new Session();
  return {
    async start() {
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: CPU_INTERVAL_MICROSECONDS });
      await session.post('Profiler.start');
    },
    async stop(folder) {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      writeFileSync(join(folder, 'cpu.cpuprofile'), JSON.stringify(profile));
      return { cpuprofile: 'cpu.cpuprofile' };
    },
  };
}

/** A snapshot stops the world for about 40 ms a megabyte, so it is taken once, after the workload. */
function heapCapture(): Capture {
  return {
    async start() {},
    async stop(folder) {
      writeHeapSnapshot(join(folder, 'heap.heapsnapshot'));
      return { heapsnapshot: 'heap.heapsnapshot' };
    },
  };
}
