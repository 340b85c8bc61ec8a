// The rank test of the engine for small samples, where the border would take as long as the test.
import { engine } from './engine.js';

/** U and its p-values. */
export interface RankTest {
  /** Pairs in which the first sample's value is larger, ties half. */
  u: number;
  /** Probability, without a difference, of a U this small or smaller. */
  less: number;
  /** Probability of a U this large or larger. */
  greater: number;
  /** Twice the smaller of both, at most 1. */
  twoSided: number;
}

/** Where the engine puts its answer; it is read at once, so that one is enough. */
const ANSWER = new Float64Array(4);

/**
 * The Mann-Whitney test by the normal distribution, corrected for ties and continuity: the same as `mannWhitneyTest` of the engine
 * with the method `asymptotic`, at half the price of a call.
 *
 * @throws Error for a sample without values or with one that is not finite.
 * @example
 * mannWhitneyAsymptotic(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)).u // 0
 */
export function mannWhitneyAsymptotic(first: Float64Array, second: Float64Array): RankTest {
  engine().mannWhitneyAsymptotic(first, second, ANSWER);
  const [u, less, greater, twoSided] = ANSWER as unknown as [number, number, number, number];
  return { u, less, greater, twoSided };
}
