// What Rust in addons allocates, by the sampler that their counting allocators call.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../../native/index.js';
import type { AllocationCounts } from '../allocations.js';
import type { Capture, CaptureOptions } from './capture.js';

/** Bytes between two samples: as for JavaScript. */
const INTERVAL_BYTES = 65_536;
const FILES = { profile: 'rust-alloc.profile.json', counts: 'rust-alloc.counts.json' };

/**
 * Writes `rust-alloc.profile.json`, a `Profile` in bytes with the calls of each stack, and `rust-alloc.counts.json`.
 * JavaScript has names where node runs with `--perf-basic-prof --interpreted-frames-native-stack`.
 */
export function rustAllocationCapture({ ownFolders = [] }: CaptureOptions): Capture {
  let folding: ReturnType<ReturnType<typeof engine>['stopAllocationSampler']> | undefined;
  return {
    async start() {
      engine().startAllocationSampler(INTERVAL_BYTES);
    },
    async stop({ startNs, endNs }) {
      // Sampling ends with this call; only naming is left for another thread.
      folding = engine().stopAllocationSampler({ startNs, endNs, ownFolders: [...ownFolders] });
      await folding;
    },
    async write(folder) {
      const { profile, ...counts } = (await folding) as Awaited<NonNullable<typeof folding>>;
      writeFileSync(join(folder, FILES.profile), profile);
      writeFileSync(join(folder, FILES.counts), JSON.stringify(counts satisfies AllocationCounts));
      return { ...FILES };
    },
  };
}
