// A profiled launch: the workload runs on the JavaScript thread while captures inside this process watch it.
import { MEMORY_WATCH } from '../heap/index.js';
import { type Capture, openCapture } from '../profile/index.js';
import type { LaunchRequest, Profiled, Span } from '../samples/index.js';
import { LaunchError } from './launch-error.js';
import type { RunnableWorkload, RunOptions } from './runnable-workload.js';
import { watchMemory } from './watch-memory.js';

/** Share of the watched time for which the workload runs first, so that what V8 compiles meanwhile is no cost of watching. */
const WARM_UP = 0.1;
/** Share of it that is not watched before, and again after: against these spans the watched one is compared. */
const CLEAN = 0.25;

/**
 * Runs the workload for the request's time under the captures that it names. All of them end before the first writes
 * its files. Before and after it runs with nobody watching, unless a capture wants the only run: other processes, whose
 * luck differs, would tell the cost of watching less well.
 */
export async function profileWorkload(workload: RunnableWorkload, request: LaunchRequest): Promise<Profiled> {
  const { capture, measureNs } = request;
  if (!capture) throw new LaunchError('protocol', 'Cannot profile: the request names no captures');
  if (capture.engines.includes(MEMORY_WATCH)) return watchMemory(workload, request);
  const captures = new Map<string, Capture>();
  for (const name of capture.engines) captures.set(name, await guard(() => openCapture(name, capture)));
  const worker = process.pid;
  if (captures.size === 0) return { kind: 'profile', ...(await workload.run(measureNs)), worker, files: {} };
  const unwatched = [...captures.values()].every(({ onlyRun }) => !onlyRun);
  const clean: Span[] = [];
  if (unwatched) {
    await workload.run(measureNs * WARM_UP);
    clean.push(await workload.run(measureNs * CLEAN));
  }
  // In this function, because stacks of what is watched begin with it.
  for (const each of captures.values()) await guard(() => each.start());
  const span = await workload.run(measureNs, howToRun([...captures.values()]));
  for (const each of captures.values()) await guard(() => each.stop(span));
  if (unwatched) clean.push(await workload.run(measureNs * CLEAN));
  const files: Profiled['files'] = {};
  for (const [name, each] of captures) files[name] = await guard(() => each.write(capture.folder));
  return { kind: 'profile', ...span, ...(unwatched && { clean }), worker, files };
}

/** What the captures want of the run that they watch. */
function howToRun(captures: readonly Capture[]): RunOptions {
  return {
    turnEveryNs: Math.min(...captures.map((each) => each.turnEveryNs ?? Number.POSITIVE_INFINITY)),
    around: {
      start: () => {
        for (const each of captures) each.enter?.();
      },
      stop: () => {
        for (const each of captures) each.leave?.();
      },
    },
  };
}

/** Says of an error that it is the profiler's, not the workload's. */
async function guard<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new LaunchError('profiler', (error as Error).message);
  }
}
