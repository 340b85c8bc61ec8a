// A profiled launch: the workload runs on the JavaScript thread while captures inside this process watch it.
import { MEMORY_WATCH } from '../heap/index.js';
import { type Capture, openCapture } from '../profile/index.js';
import type { LaunchRequest, Profiled } from '../samples/index.js';
import { LaunchError } from './launch-error.js';
import type { RunnableWorkload } from './runnable-workload.js';
import { watchMemory } from './watch-memory.js';

/**
 * Runs the workload for the request's time under the captures that it names. All of them end before the first writes
 * its files.
 */
export async function profileWorkload(workload: RunnableWorkload, request: LaunchRequest): Promise<Profiled> {
  const { capture, measureNs } = request;
  if (!capture) throw new LaunchError('protocol', 'Cannot profile: the request names no captures');
  if (capture.engines.includes(MEMORY_WATCH)) return watchMemory(workload, request);
  const captures = new Map<string, Capture>();
  for (const name of capture.engines) captures.set(name, await guard(() => openCapture(name, capture)));
  for (const each of captures.values()) await guard(() => each.start());
  const turnEveryNs = Math.min(...[...captures.values()].map((each) => each.turnEveryNs ?? Number.POSITIVE_INFINITY));
  const around = {
    start: () => {
      for (const each of captures.values()) each.enter?.();
    },
    stop: () => {
      for (const each of captures.values()) each.leave?.();
    },
  };
  const span = await workload.run(measureNs, { turnEveryNs, around });
  for (const each of captures.values()) await guard(() => each.stop(span));
  const files: Profiled['files'] = {};
  for (const [name, each] of captures) files[name] = await guard(() => each.write(capture.folder));
  return { kind: 'profile', ...span, files };
}

/** Says of an error that it is the profiler's, not the workload's. */
async function guard<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new LaunchError('profiler', (error as Error).message);
  }
}
