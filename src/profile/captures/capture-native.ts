// The engine's own sampler of this thread, for machines where perf is missing or forbidden.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../../native/index.js';
import type { Capture, CaptureOptions } from './capture.js';

/** The rate of the other engines. */
const INTERVAL_NS = 1e6;

/**
 * Writes `native.profile.json`, a `Profile`. JavaScript has names where node runs with
 * `--perf-basic-prof --interpreted-frames-native-stack`.
 */
export function nativeCapture({ ownFolders = [] }: CaptureOptions): Capture {
  let folding: Promise<string> | undefined;
  return {
    async start() {
      engine().startSampler(INTERVAL_NS);
    },
    async stop({ startNs, endNs }) {
      // The timer ends with this call; only unwinding and naming are left for another thread.
      folding = engine().stopSampler({ startNs, endNs, ownFolders: [...ownFolders] });
      await folding;
    },
    async write(folder) {
      writeFileSync(join(folder, 'native.profile.json'), (await folding) as string);
      return { profile: 'native.profile.json' };
    },
  };
}
