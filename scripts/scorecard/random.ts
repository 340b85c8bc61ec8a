// Seeded random numbers, so that a scorecard is the same each time.
import { generator } from '../random.js';

/** Uniform and normal numbers from one seed (Box & Muller 1958). */
export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = generator(seed);
  }

  /** A number in (0, 1). */
  uniform(): number {
    return this.#next() + 2 ** -33;
  }

  /** A whole number from 0 up to `count`, which is left out. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** The same values in random order (Fisher & Yates 1938). */
  shuffled<Value>(values: readonly Value[]): Value[] {
    const all = [...values];
    for (let last = all.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [all[last], all[other]] = [all[other] as Value, all[last] as Value];
    }
    return all;
  }
}
