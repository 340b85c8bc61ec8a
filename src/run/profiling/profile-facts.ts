// What is told of a profile beside its files.
import {
  type EngineResult,
  javascriptCallerShare,
  LOST_CALLERS,
  type Profile,
  selfShares,
} from '../../profile/index.js';
import type { Profiled, Span } from '../../samples/index.js';
import { formatPercent } from '../../units/index.js';

/** Below this share the graph's lower frames are not to be trusted. */
export const CALLERS_EXPECTED = 0.97;

/** Names under which profilers put time that they can give to no function. */
const NO_FUNCTION: ReadonlySet<string> = new Set(['(program)', LOST_CALLERS]);

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
  intervalNs?: number;
  intervalBytes?: number;
  operations?: number;
  attributedShare?: number;
  shares: Record<string, number>;
} {
  const stacks = profile.threads.flatMap((thread) => thread.stacks);
  const attributed = attributedShare(profile);
  return {
    samples: stacks.reduce((sum, stack) => sum + stack.samples, 0),
    ...(profile.interval > 0 && { [profile.unit === 'bytes' ? 'intervalBytes' : 'intervalNs']: profile.interval }),
    ...(profile.operations !== undefined && { operations: profile.operations }),
    ...(attributed !== undefined && { attributedShare: attributed }),
    shares: selfShares(profile),
  };
}

/** Share of the weight whose innermost frame is a function with a name; undefined without any weight. */
function attributedShare({ frames, threads }: Profile): number | undefined {
  let [all, named] = [0, 0];
  for (const { frames: stack, weight } of threads.flatMap(({ stacks }) => stacks)) {
    const leaf = frames[stack.at(-1) ?? -1];
    all += weight;
    if (leaf && leaf.origin !== 'unknown' && !NO_FUNCTION.has(leaf.name)) named += weight;
  }
  return all === 0 ? undefined : named / all;
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

/**
 * What looking cost, in time and in processor time of an operation: against spans of the same process that nobody
 * watched, or else against those of a clean launch. Inputs and drops count on both sides.
 */
export function cost(watched: Profiled, clean: readonly Span[] = watched.clean ?? []): Partial<EngineResult> {
  const [here, there] = [perOperation([watched]), perOperation(clean)];
  if (!here || !there) return {};
  return {
    slowdown: here.wallNs / there.wallNs,
    ...(there.cpuNs > 0 && { cpuSlowdown: here.cpuNs / there.cpuNs }),
  };
}

/** Mean times of an operation over all spans; undefined where there was none. */
export function perOperation(spans: readonly Span[]): { wallNs: number; cpuNs: number } | undefined {
  let [operations, wallNs, cpuNs] = [0, 0, 0];
  for (const span of spans) {
    operations += span.iterations * span.operationsPerIteration;
    // What other programs did on this core meanwhile is no cost of looking.
    wallNs += span.endNs - span.startNs - span.queuedNs;
    cpuNs += span.cpuNs;
  }
  return operations === 0 ? undefined : { wallNs: wallNs / operations, cpuNs: cpuNs / operations };
}

/** Sentences joined, those that are missing left out. */
export function sentences(name: 'blind' | 'warning', texts: readonly (string | undefined)[]): Partial<EngineResult> {
  const text = texts.filter((each) => each !== undefined).join(' ');
  return text === '' ? {} : { [name]: text };
}
