// Where the time went, by origin of the function that was running.
import type { Origin, Profile } from './profile.js';

/**
 * Share of the weight of all threads by the origin of the innermost frame; in [0, 1], their sum is 1
 * (up to rounding of the last digit).
 *
 * @returns only origins that were seen, the largest first; empty for a profile without samples
 */
export function selfShares({ frames, threads }: Profile): Record<string, number> {
  const weights = new Map<Origin, number>();
  let total = 0;
  for (const { frames: stack, weight } of threads.flatMap((thread) => thread.stacks)) {
    const origin = frames[stack.at(-1) ?? -1]?.origin ?? 'unknown';
    weights.set(origin, (weights.get(origin) ?? 0) + weight);
    total += weight;
  }
  if (total === 0) return {};
  return Object.fromEntries(
    [...weights].sort((a, b) => b[1] - a[1]).map(([origin, weight]) => [origin, weight / total]),
  );
}
