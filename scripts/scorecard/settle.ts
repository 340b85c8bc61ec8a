// Settling as `--settle` does it: few launches of every case, and more of those that are unclear.
import type { ComparedCase, CompareOptions, LaunchPair } from '../../src/compare/index.js';
import type { Forgebench } from './forgebench.js';

/** A verdict, and how many launches of each side it took. */
export interface Settled {
  case: ComparedCase;
  launches: number;
}

/** Launches of each side that every case has at first. */
const FIRST = 5;

/**
 * Judges pairs by their first launches, then takes as many more of each unclear case as its verdict asks for.
 *
 * @param pairs all launches that there are, in the order in which they were made
 */
export function settle(
  pairs: readonly LaunchPair[],
  { compareLaunches, DEFAULT_COMPARE_OPTIONS }: Pick<Forgebench, 'compareLaunches' | 'DEFAULT_COMPARE_OPTIONS'>,
): Settled[] {
  const options: CompareOptions = { ...DEFAULT_COMPARE_OPTIONS, settling: true };
  const counts = pairs.map((pair) => Math.min(FIRST, available(pair)));
  for (;;) {
    const { cases } = compareLaunches(
      pairs.map((pair, index) => firstLaunches(pair, counts[index] as number)),
      options,
    );
    const wanted = cases.map(({ moreLaunches }, index) =>
      Math.min((counts[index] as number) + moreLaunches, available(pairs[index] as LaunchPair)),
    );
    if (wanted.every((count, index) => count === counts[index]))
      return cases.map((each, index) => ({ case: each, launches: counts[index] as number }));
    counts.splice(0, counts.length, ...wanted);
  }
}

function available({ base, head }: LaunchPair): number {
  return Math.min(base.length, head.length);
}

function firstLaunches({ id, base, head }: LaunchPair, count: number): LaunchPair {
  return { id, base: base.slice(0, count), head: head.slice(0, count) };
}
