// Tests of values that belong together two by two.
import { engine } from '../native/index.js';
import type { PermutationTest, TTest } from './results.js';
import type { Resampling } from './sample.js';

/** Two lists of one length: the n-th values belong together. */
export interface PairedTest {
  first: ArrayLike<number>;
  second: ArrayLike<number>;
}

/**
 * Student's test of pairs.
 *
 * @throws Error where the lists differ in length, or have fewer than two pairs
 */
export function pairedTTest({ first, second }: PairedTest): TTest {
  return engine().pairedTTest(Float64Array.from(first), Float64Array.from(second));
}

/**
 * Tests the mean difference of pairs by turning their signs: in all ways up to 16 pairs, by chance from a seed otherwise.
 *
 * @throws Error where the lists differ in length or are empty
 * @example
 * import { pairedPermutationTest } from 'forgebench/statistics';
 *
 * const { difference, twoSided } = pairedPermutationTest({ first: [3, 5, 4, 6, 5], second: [2, 4, 3, 5, 4] });
 * [difference, twoSided]; // [1, 0.0625]
 */
export function pairedPermutationTest({ first, second }: PairedTest, options: Resampling = {}): PermutationTest {
  return engine().pairedPermutationTest(Float64Array.from(first), Float64Array.from(second), options);
}
