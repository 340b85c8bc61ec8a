// One launch: the workload of its kind, and what is asked of it.
import type { LaunchFailure, LaunchRecord, LaunchRequest } from '../samples/index.js';
import { commandWorkload } from './command-workload.js';
import { LaunchError } from './launch-error.js';
import { moduleWorkload } from './module-workload.js';
import { nativeWorkload } from './native-workload.js';
import { profileWorkload } from './profile-workload.js';
import type { RunnableWorkload } from './runnable-workload.js';

export type LaunchOutcome = LaunchRecord['outcome'];
export type LaunchResult = Extract<LaunchOutcome, { status: 'ok' }>['result'];
export type { LaunchFailure };
export { LaunchError };

/** Performs the launch that `request` describes, in this process. */
export async function performLaunch(request: LaunchRequest): Promise<LaunchResult> {
  const workload = openWorkload(request);
  switch (request.kind) {
    case 'verify':
      await workload.verify();
      return { kind: 'verify' };
    case 'time':
      return workload.time(request);
    case 'memory':
      return workload.countMemory(request);
    case 'profile':
      return profileWorkload(workload, request);
  }
}

/** The workload that `request` names, of whichever kind. */
export function openWorkload({ workload, parameters }: LaunchRequest): RunnableWorkload {
  switch (workload.kind) {
    case 'native':
      return nativeWorkload(workload, parameters);
    case 'module':
      return moduleWorkload(workload, parameters);
    case 'command':
      return commandWorkload(workload, parameters);
  }
}
