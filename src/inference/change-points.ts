// When the level of a series changed, by the detectors that people know.
import { engine } from '../native/index.js';

/** Where the level of a series changed. */
export interface ChangePoint {
  /** First point of the new level. */
  index: number;
  /** New median over old one, less 1. */
  magnitude: number;
  /** One less the chance that a series without changes shows a step this clear. */
  confidence: number;
}

/** How `eDivisive` searches; what is not said is as published. */
export interface DivisiveOptions {
  /** Within (0, 1); 0.05 where nothing is said. */
  significance?: number;
  /** At least 1; 199 where nothing is said. */
  permutations?: number;
  /** Below 2^32; 1 where nothing is said. */
  seed?: number;
  /** Whether second parts end with their segment, as MongoDB does, which is quicker. */
  wholeSegments?: boolean;
}

/** How `hunter` searches. */
export interface HunterOptions {
  /** Points in a window, at least 2; 50 where nothing is said. */
  window?: number;
  /** Largest p-value of a change point; 0.001 where nothing is said. */
  significance?: number;
  /** Smallest change of the mean as a share of it; 0 where nothing is said. */
  leastMagnitude?: number;
}

/**
 * Change points of a history of figures, which may depend on those before: a likelihood-ratio test under autocorrelated
 * noise. It is what `forgebench history` reads.
 *
 * @param series oldest first
 * @param growing whether it is read again after every new point, which takes more evidence
 * @throws Error where a value is not finite
 * @example
 * import { changePoints } from 'forgebench/statistics';
 *
 * const noise = [0.3, -0.2, 0.1, -0.4, 0.2, 0, 0.4, -0.1, -0.3, 0.2];
 * const series = [...noise.map((each) => 100 + each), ...noise.map((each) => 110 + each)];
 * changePoints(series).map(({ index }) => index); // [10]
 */
export function changePoints(series: ArrayLike<number>, growing = false): ChangePoint[] {
  return engine().changePoints(Float64Array.from(series), growing);
}

/**
 * Where the distribution of a series changes, whatever its shape (Matteson and James 2014): the first point of each segment
 * but the first. Points must not depend on each other.
 *
 * @throws Error where a value is not finite, or an option out of range
 * @example
 * import { eDivisive } from 'forgebench/statistics';
 *
 * eDivisive([0.3, 2.4, 1.5, -0.9, -0.5, 99.7, 98.3, 99.1, 149, 149.7, 149.5, 149.1, 148.8, 150]); // [5, 8]
 */
export function eDivisive(series: ArrayLike<number>, options: DivisiveOptions = {}): number[] {
  const defaults = { significance: 0.05, permutations: 199, seed: 1, wholeSegments: false };
  return engine().eDivisive(Float64Array.from(series), { ...defaults, ...options });
}

/**
 * Change points by windows and t-tests, as Hunter and Apache Otava find them.
 *
 * @throws Error where a value is not finite, or an option out of range
 */
export function hunter(series: ArrayLike<number>, options: HunterOptions = {}): number[] {
  const defaults = { window: 50, significance: 0.001, leastMagnitude: 0 };
  return engine().hunter(Float64Array.from(series), { ...defaults, ...options });
}

/**
 * The best division into parts of constant mean (Killick, Fearnhead and Eckley 2012).
 *
 * @param penalty what each change costs, in squared units of the values: more than 0; 2 · variance · ln n is the Bayesian
 *   criterion's
 * @param shortest points of a part at least
 * @throws Error where a value is not finite, or the penalty is not positive
 */
export function pelt(series: ArrayLike<number>, penalty: number, shortest = 1): number[] {
  return engine().pelt(Float64Array.from(series), penalty, shortest);
}

/**
 * The best division into parts of constant median, with a penalty that suits the series, as asv does.
 *
 * @throws Error where a value is not finite
 */
export function potts(series: ArrayLike<number>): number[] {
  return engine().potts(Float64Array.from(series));
}
