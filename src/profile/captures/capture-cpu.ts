// V8's sampling profiler through the inspector. It cannot see native code and books it to the JavaScript that called.
import { writeFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Capture } from './capture.js';
import { CaptureSession } from './capture-session.js';

/** One sample a millisecond costs 4–6 %; V8 cannot keep up below half of that. */
const INTERVAL_MICROSECONDS = 1000;
/** When it starts, V8 names all code that there is, on a thread of its own: that is no cost of watching the workload. */
const SETTLE_MS = 50;

/** Writes `cpu.cpuprofile`. */
export function cpuCapture(): Capture {
  const session = new CaptureSession();
  let profile: Profiler.Profile | undefined;
  return {
    async start() {
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS });
      await session.post('Profiler.start');
      await setTimeout(SETTLE_MS);
    },
    async stop() {
      ({ profile } = await session.post('Profiler.stop'));
      session.disconnect();
    },
    async write(folder) {
      writeFileSync(join(folder, 'cpu.cpuprofile'), JSON.stringify(profile));
      // A heap snapshot may follow, and must not find it.
      profile = undefined;
      return { cpuprofile: 'cpu.cpuprofile' };
    },
  };
}
