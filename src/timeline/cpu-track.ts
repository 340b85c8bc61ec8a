// Samples of a CPU profile by origin, stretch by stretch.
import { importCpuProfile, selfShares, type TimelineCapture } from '../profile/index.js';
import type { CpuTrack } from './launch-timeline.js';

/** As many as a page has room for; one then has some 30 samples of a deep session. */
const STRETCHES = 100;

/** Where the track lies, nanoseconds of the profile's clock, and whose JavaScript is forgebench's own. */
export interface CpuTrackOptions {
  startNs: number;
  endNs: number;
  ownFolders: readonly string[];
}

interface Sample {
  id: number;
  atMicroseconds: number;
}

/** Shares of each stretch by origin; starts are relative to `startNs`. */
export function cpuTrack(profile: TimelineCapture['cpuProfile'], options: CpuTrackOptions): CpuTrack {
  const { startNs, endNs, ownFolders } = options;
  const stretchNs = Math.max(1, endNs - startNs) / STRETCHES;
  const atNs = Array.from({ length: STRETCHES }, (_, index) => Math.round(index * stretchNs));
  const samples = timedSamples(profile);
  const shares: Record<string, number[]> = {};
  for (const [index, at] of atNs.entries()) {
    const [from, to] = [(startNs + at) / 1000, (startNs + at + stretchNs) / 1000];
    const part = importCpuProfile(JSON.stringify(sliceOf(profile, samples, { from, to })), { ownFolders });
    const weight = part.threads.flatMap(({ stacks }) => stacks).reduce((sum, stack) => sum + stack.weight, 0);
    for (const [origin, share] of Object.entries(selfShares(part))) {
      shares[origin] ??= new Array(STRETCHES).fill(0);
      (shares[origin] as number[])[index] = Math.round(((share * weight) / stretchNs) * 1e4) / 1e4;
    }
  }
  return { stretchNs: Math.round(stretchNs), atNs, shares };
}

/** V8 may write time differences below zero, so samples are put in order first. */
function timedSamples({ startTime, samples = [], timeDeltas = [] }: TimelineCapture['cpuProfile']): Sample[] {
  let atMicroseconds = startTime;
  const timed = samples.map((id, index) => {
    atMicroseconds += timeDeltas[index] as number;
    return { id, atMicroseconds };
  });
  return timed.sort((a, b) => a.atMicroseconds - b.atMicroseconds);
}

/** The part of a profile between two moments; the sample before its begin lasts into it. */
function sliceOf(
  { nodes }: TimelineCapture['cpuProfile'],
  samples: readonly Sample[],
  { from, to }: { from: number; to: number },
): TimelineCapture['cpuProfile'] {
  const inside = samples.filter(({ atMicroseconds }) => atMicroseconds >= from && atMicroseconds < to);
  const before = samples.findLast(({ atMicroseconds }) => atMicroseconds < from);
  const all = [...(before ? [{ ...before, atMicroseconds: from }] : []), ...inside];
  const timeDeltas = all.map(({ atMicroseconds }, index) => atMicroseconds - (all[index - 1]?.atMicroseconds ?? from));
  return { nodes, startTime: from, endTime: to, samples: all.map(({ id }) => id), timeDeltas };
}
