// Comparisons of a toolchain with itself on real days, in which a tenth of the benchmarks is slowed.
import type { LaunchPair } from '../../src/compare/index.js';
import type { GoDay } from './data.js';
import { Random } from './random.js';

/** All benchmarks of two days. */
export interface Suite {
  pairs: LaunchPair[];
  slowed: Set<string>;
}

/** Two days of which the first is the base. */
export interface DayPair {
  base: GoDay;
  head: GoDay;
}

/** How suites are made. */
export interface SuiteOptions {
  /** Launches a side; fewer where a day has fewer. */
  launches: number;
  /** By which share a tenth is slowed; 0 slows nothing. */
  slowdown: number;
  /** Choices of launches from each pair of days. */
  draws: number;
}

/** The machine changed its state for good in the night before this day: a tenth of the benchmarks moved by 1–3 %. */
const NEW_STATE = '20220110';
/** One of so many benchmarks is slowed; another one in each suite, so that all take part alike. */
const ONE_OF = 10;

/** Ordered pairs of different days, both within one state of the machine or across its change. */
export function dayPairs(days: readonly GoDay[], { crossing }: { crossing: boolean }): DayPair[] {
  const isNew = ({ date }: GoDay) => date >= NEW_STATE;
  return days.flatMap((base) =>
    days.filter((head) => head !== base && (isNew(base) !== isNew(head)) === crossing).map((head) => ({ base, head })),
  );
}

/** Both sides of every suite, in an order that the seed gives. */
export function* goSuites(pairs: readonly DayPair[], options: SuiteOptions): Generator<Suite> {
  let number = 0;
  for (const pair of pairs)
    for (let draw = 0; draw < options.draws; draw++) {
      yield makeSuite(pair, { ...options, number });
      number++;
    }
}

/** The seed does not know the slowdown, so that suites differ by it alone. */
function makeSuite({ base, head }: DayPair, { launches, slowdown, number }: SuiteOptions & { number: number }): Suite {
  const random = new Random(1000 * launches + number);
  const ids = Object.keys(base.launches).filter((id) => id in head.launches);
  const slowed = new Set(slowdown === 0 ? [] : ids.filter((_, index) => (index + number) % ONE_OF === 0));
  const pairs = ids.map((id) => {
    const [old, now] = [base, head].map((day) => random.shuffled(day.launches[id] as number[]).slice(0, launches));
    const factor = slowed.has(id) ? 1 + slowdown : 1;
    return { id, base: old as number[], head: (now as number[]).map((value) => value * factor) };
  });
  return { pairs, slowed };
}
