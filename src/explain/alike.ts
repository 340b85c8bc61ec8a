// Which profiles of two sides are looked at together.
import type { Profile } from '../profile/index.js';
import { whyIncomparable } from './why-incomparable.js';

/** All profiles of one case, those first that see more. */
export type ProfilesOfCase = readonly Profile[];

/** Engines whose profiles have both languages; all others come after them. */
const BEST: readonly string[] = ['flame', 'native'];

/** Orders what engines have left: those first that see more. */
export function seesMore(a: { engine: string }, b: { engine: string }): number {
  const rank = ({ engine }: { engine: string }) => (BEST.indexOf(engine) + BEST.length + 1) % (BEST.length + 1);
  return rank(a) - rank(b);
}

/** The first profiles of both sides that were captured alike; the first ones where none were, so that the reason is told. */
export function alike(base: ProfilesOfCase, head: ProfilesOfCase): { base: Profile; head: Profile } {
  const pairs = head.flatMap((now) => base.map((old) => ({ base: old, head: now })));
  const found = pairs.find((pair) => whyIncomparable(pair.base, pair.head) === undefined) ?? pairs[0];
  return found as { base: Profile; head: Profile };
}
