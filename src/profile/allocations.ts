// Allocations that were sampled: what the counters say beside the samples, and the profile weighed by calls.
import { z } from 'zod';
import type { Profile } from './profile.js';

const nonnegative = z.number().nonnegative();

/** `rust-alloc.counts.json` of a capture: what counters and samples say of the same stretch of time. */
export const allocationCounts = z.object({
  /** Files of the addons whose allocators were watched. */
  addons: z.array(z.string()),
  countedBytes: nonnegative,
  countedCalls: nonnegative,
  sampledBytes: nonnegative,
  sampledCalls: nonnegative,
  samples: nonnegative,
});
export type AllocationCounts = z.infer<typeof allocationCounts>;

/** The profile with calls to the allocator as weights, which shows who asks often; stacks that do not tell are left out. */
export function inAllocations(profile: Profile): Profile {
  const threads = profile.threads.map((thread) => ({
    ...thread,
    stacks: thread.stacks
      .flatMap(({ calls, frames, samples }) => (calls === undefined ? [] : [{ frames, weight: calls, samples }]))
      .sort((a, b) => b.weight - a.weight),
  }));
  return { ...profile, unit: 'allocations', interval: 0, threads };
}
