// A launch that watches memory: snapshots of V8's heap between stretches of the workload, and what else is resident.
import { type AllocatorWatch, MEMORY_WATCH } from '../heap/index.js';
import { openMemoryViewer } from '../profile/index.js';
import type { LaunchRequest, MemoryUse, Profiled } from '../samples/index.js';
import { LaunchError } from './launch-error.js';
import type { RunnableWorkload } from './runnable-workload.js';

/** Snapshots after N, 2 N and 3 N iterations: the fewest that tell a slope from a step. */
const STRETCHES = 3;

/** Runs the workload and writes what its memory looked like. */
export async function watchMemory(
  workload: RunnableWorkload,
  { capture, measureNs }: LaunchRequest,
): Promise<Profiled> {
  if (!capture) throw new LaunchError('protocol', 'Cannot watch memory: the request names no folder');
  const viewer = openMemoryViewer(capture.folder);
  const { span, use } = await workload.watchMemory({ durationNs: measureNs, stretches: STRETCHES }, viewer);
  return { kind: 'profile', ...span, files: { [MEMORY_WATCH]: viewer.write(use && allocatorWatch(use)) } };
}

function allocatorWatch({ live, left }: MemoryUse): AllocatorWatch {
  return { operations: live.operations, liveBytes: live.heapBytes, leftBytes: left === null ? null : left.heapRounds };
}
