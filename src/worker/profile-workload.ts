// A profiled launch: the workload runs on the JavaScript thread while captures inside this process watch it.
import { openCapture } from '../profile/index.js';
import type { LaunchRequest, Profiled } from '../samples/index.js';
import { LaunchError } from './launch-error.js';
import type { RunnableWorkload } from './runnable-workload.js';

/** Runs the workload for the request's time under the captures that it names; writes their files. */
export async function profileWorkload(
  workload: RunnableWorkload,
  { capture, measureNs }: LaunchRequest,
): Promise<Profiled> {
  if (!capture) throw new LaunchError('protocol', 'Cannot profile: the request names no captures');
  const captures = await Promise.all(capture.engines.map((engine) => openCapture(engine)));
  for (const each of captures) await each.start();
  const span = await workload.run(measureNs);
  const files: Record<string, string> = {};
  for (const each of captures) Object.assign(files, await each.stop(capture.folder));
  return { kind: 'profile', ...span, files };
}
