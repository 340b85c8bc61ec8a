// Tests of values that belong together two by two.
import { engine } from '../native/index.js';
import { numbers } from './arguments.js';
import { type Resampling, resampling } from './resampling.js';
import type { PermutationTest, TTest } from './results.js';
import { mean, squarable } from './squares.js';

/** Two lists of one length: the n-th values belong together. */
export interface PairedTest {
  first: ArrayLike<number>;
  second: ArrayLike<number>;
}

/**
 * Student's test of pairs.
 *
 * @throws Error where the lists differ in length, or have fewer than two pairs, RangeError where squares of values overflow
 */
export function pairedTTest({ first, second }: PairedTest): TTest {
  const [one, other] = [first, second].map((values) => squarable('test pairs', pairs(values)));
  return engine().pairedTTest(one as Float64Array, other as Float64Array);
}

/**
 * Tests the mean difference of pairs by turning their signs: in all ways up to 16 pairs, by chance from a seed otherwise.
 *
 * @throws Error where the lists differ in length or are empty, or an option is out of range
 * @example
 * import { pairedPermutationTest } from 'forgebench/statistics';
 *
 * const { difference, twoSided } = pairedPermutationTest({ first: [3, 5, 4, 6, 5], second: [2, 4, 3, 5, 4] });
 * [difference, twoSided]; // [1, 0.0625]
 */
export function pairedPermutationTest({ first, second }: PairedTest, options: Resampling = {}): PermutationTest {
  const checked = resampling('test with', options);
  const test = engine().pairedPermutationTest(pairs(first), pairs(second), checked);
  mean(test.difference);
  return test;
}

function pairs(values: ArrayLike<number>): Float64Array {
  return numbers('test pairs of', values);
}
