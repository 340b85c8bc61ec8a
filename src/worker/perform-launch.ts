// One launch: the workload of its kind, and what is asked of it. Each kind is imported when it is asked for: a worker is
// started for every launch, and what it does not load costs nothing.
import type { LaunchRecord, LaunchRequest } from '../samples/index.js';
import type { RunnableWorkload } from './runnable-workload.js';

export type LaunchOutcome = LaunchRecord['outcome'];
export type LaunchResult = Extract<LaunchOutcome, { status: 'ok' }>['result'];

/** Performs the launch that `request` describes, in this process. */
export async function performLaunch(request: LaunchRequest): Promise<LaunchResult> {
  if (request.kind === 'instructions') return (await import('./count-instructions.js')).countInstructions(request);
  const workload = await openWorkload(request);
  switch (request.kind) {
    case 'verify':
      await workload.verify();
      return { kind: 'verify' };
    case 'time':
      return workload.time(request);
    case 'memory':
      return workload.countMemory(request);
    case 'profile':
      return (await import('./profile-workload.js')).profileWorkload(workload, request);
  }
}

/** The workload that `request` names, of whichever kind. */
export async function openWorkload({ workload, parameters }: LaunchRequest): Promise<RunnableWorkload> {
  switch (workload.kind) {
    case 'native':
      return (await import('./native-workload.js')).nativeWorkload(workload, parameters);
    case 'module':
      return (await import('./module-workload.js')).moduleWorkload(workload, parameters);
    case 'command':
      return (await import('./command-workload.js')).commandWorkload(workload, parameters);
  }
}
