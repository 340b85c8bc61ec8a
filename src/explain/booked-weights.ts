// What the functions of one profile took, each with what it had done for it.
import type { Profile } from '../profile/index.js';
import { bookkeeper } from './booking.js';
import { identifyFunctions, type ProfiledFunction } from './function-table.js';

/** A function, and the weight that is booked to it. */
export interface BookedWeight {
  fn: ProfiledFunction;
  weight: number;
}

/** All functions to which the stacks of a profile are booked, the heaviest first. */
export function bookedWeights(profile: Profile): BookedWeight[] {
  const table = identifyFunctions([profile]);
  const books = bookkeeper(table);
  const functionOf = table.indices[0] as number[];
  const weights = new Map<number, number>();
  for (const { frames, weight } of profile.threads.flatMap(({ stacks }) => stacks)) {
    if (frames.length === 0) continue;
    const { owner } = books.book(frames.map((frame) => functionOf[frame] as number));
    weights.set(owner, (weights.get(owner) ?? 0) + weight);
  }
  return [...weights]
    .map(([owner, weight]) => ({ fn: books.functions[owner] as ProfiledFunction, weight }))
    .sort((a, b) => b.weight - a.weight);
}
