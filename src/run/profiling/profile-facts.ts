// What is told of a profile beside its files.
import { type EngineResult, javascriptCallerShare, type Profile, selfShares } from '../../profile/index.js';
import type { Profiled } from '../../samples/index.js';
import { formatPercent } from '../../units/index.js';
import type { ProfileJob } from './profile-job.js';

/** Below this share the graph's lower frames are not to be trusted. */
const CALLERS_EXPECTED = 0.95;

/** The profile with what its launch counted and how it was captured, so that it can be compared with another. */
export function asTaken(
  profile: Profile,
  { iterations, operationsPerIteration }: Profiled,
  capture: Record<string, string>,
): Profile {
  const operations = iterations * operationsPerIteration;
  return { ...profile, ...(operations > 0 && { operations }), capture };
}

/** Samples, interval, operations and shares of a profile. */
export function profileFacts(profile: Profile): {
  samples: number;
  intervalNs: number;
  operations?: number;
  shares: Record<string, number>;
} {
  const stacks = profile.threads.flatMap((thread) => thread.stacks);
  return {
    samples: stacks.reduce((sum, stack) => sum + stack.samples, 0),
    intervalNs: profile.interval,
    ...(profile.operations !== undefined && { operations: profile.operations }),
    shares: selfShares(profile),
  };
}

/** How many samples show which JavaScript called, and a warning where those are too few. */
export function callerFacts(profile: Profile): Pick<EngineResult, 'javascriptCallerShare' | 'warning'> {
  const share = javascriptCallerShare(profile);
  if (share === undefined) return {};
  if (share >= CALLERS_EXPECTED) return { javascriptCallerShare: share };
  const without = formatPercent(1 - share);
  return {
    javascriptCallerShare: share,
    warning: `${without} of the samples show no JavaScript caller: either the event loop itself was at work, which nobody calls, or the way back through native code was lost.`,
  };
}

/** What looking cost: time of an operation here over that in timed launches. Inputs and drops count here, so it is an upper bound. */
export function slowdown(
  { timedNs }: ProfileJob,
  { iterations, operationsPerIteration, startNs, endNs }: Profiled,
): { slowdown?: number } {
  if (timedNs === undefined || timedNs <= 0 || iterations === 0) return {};
  return { slowdown: (endNs - startNs) / (iterations * operationsPerIteration) / timedNs };
}

/** Sentences joined, those that are missing left out. */
export function sentences(name: 'blind' | 'warning', texts: readonly (string | undefined)[]): Partial<EngineResult> {
  const text = texts.filter((each) => each !== undefined).join(' ');
  return text === '' ? {} : { [name]: text };
}
