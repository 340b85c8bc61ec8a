// How much a function grew, and how sure that is.
import { engine } from '../native/index.js';

/** A growth and the interval that covers it in 95 of 100 comparisons. */
export interface GrowthEstimate {
  value: number;
  low: number;
  high: number;
}

/** Fewer pairs have no interval. */
export const FEWEST_PAIRS = 3;
const CONFIDENCE = 0.95;
/**
 * What a percentile bootstrap has to promise to cover 95 % of means of so few values, from 3 on: 1 − 2 Φ(−√(n/(n−1)) t), where t
 * is the 97.5 % point of Student's distribution with n − 1 degrees of freedom.
 *
 * Source: Hesterberg, "What Teachers Should Know About the Bootstrap", The American Statistician 69 (2015), section 4.
 */
const EXPANDED = [
  0.99999, 0.99976, 0.99809, 0.99514, 0.99178, 0.98852, 0.98555, 0.9829, 0.98056, 0.97849, 0.97666, 0.97503, 0.97359,
];

/**
 * The mean growth over pairs of launches that were made one after the other, with its bootstrap interval.
 *
 * @param differences head less base, one for each pair; at least 3
 */
export function growthOfLaunches(differences: readonly number[]): GrowthEstimate {
  const confidence = EXPANDED[differences.length - FEWEST_PAIRS] ?? EXPANDED.at(-1) ?? CONFIDENCE;
  const { value, low, high } = engine().bootstrapMean(Float64Array.from(differences), confidence, 'percentile');
  return { value, low, high };
}

/** Samples of a function on one side, and what each of them weighs. */
export interface SampledWeight {
  samples: number;
  weight: number;
}

/** Deviations of a normal distribution that 95 % lie within. */
const DEVIATIONS = 1.959964;

/**
 * The growth between two single launches, with the interval that resampling their samples gives after infinitely many
 * resamples: their number is Poisson's. It knows nothing of how launches differ.
 */
export function growthOfSamples(base: SampledWeight, head: SampledWeight): GrowthEstimate {
  const value = head.samples * head.weight - base.samples * base.weight;
  // No sample is not the certainty of none.
  const variance = ({ samples, weight }: SampledWeight) => Math.max(samples, 1) * weight ** 2;
  const half = DEVIATIONS * Math.sqrt(variance(base) + variance(head));
  return { value, low: value - half, high: value + half };
}
