// When the level of a series changed, by the detectors that people know.
import { engine } from '../native/index.js';
import { innerShare, numbers, refuse, wholeNumber } from './arguments.js';
import { squarable } from './squares.js';

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
  /** From 1 to a million; 199 where nothing is said. */
  permutations?: number;
  /** A whole number in [0, 2^32); 1 where nothing is said. */
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

const SIGNIFICANCE = 'search the series at significance';
// A million tell p-values of 0.000001 apart, and each scans the whole series.
const PERMUTATIONS = { least: 1, most: 1e6, noun: 'permutations' };
const SEED = { least: 0, most: 2 ** 32 - 1, noun: 'as seed' };
// No series has more points: the engine counts them in 32 bits.
const WINDOW = { least: 2, most: 2 ** 32 - 1, noun: 'points', usual: 50 };
const SHORTEST = { least: 1, most: 2 ** 32 - 1, noun: 'points' };

/**
 * Change points of a history of figures, which may depend on those before: a likelihood-ratio test under autocorrelated
 * noise. It is what `forgebench history` reads.
 *
 * @param series oldest first
 * @param growing whether it is read again after every new point, which takes more evidence
 * @throws Error where a value is not finite, RangeError where squares of values overflow
 * @example
 * import { changePoints } from 'forgebench/statistics';
 *
 * const noise = [0.3, -0.2, 0.1, -0.4, 0.2, 0, 0.4, -0.1, -0.3, 0.2];
 * const series = [...noise.map((each) => 100 + each), ...noise.map((each) => 110 + each)];
 * changePoints(series).map(({ index }) => index); // [10]
 */
export function changePoints(series: ArrayLike<number>, growing = false): ChangePoint[] {
  return engine().changePoints(searchable(series), growing);
}

/**
 * Where the distribution of a series changes, whatever its shape (Matteson and James 2014): the first point of each segment
 * but the first. Points must not depend on each other.
 *
 * @throws Error where a value is not finite, RangeError where squares of values overflow or an option is out of range
 * @example
 * import { eDivisive } from 'forgebench/statistics';
 *
 * eDivisive([0.3, 2.4, 1.5, -0.9, -0.5, 99.7, 98.3, 99.1, 149, 149.7, 149.5, 149.1, 148.8, 150]); // [5, 8]
 */
export function eDivisive(series: ArrayLike<number>, options: DivisiveOptions = {}): number[] {
  const { significance = 0.05, permutations = 199, seed = 1, wholeSegments = false } = options;
  return engine().eDivisive(searchable(series), {
    significance: innerShare(SIGNIFICANCE, significance, 0.05),
    permutations: wholeNumber('search the series with', permutations, PERMUTATIONS),
    seed: wholeNumber('search the series with', seed, SEED),
    wholeSegments,
  });
}

/**
 * Change points by windows and t-tests, as Hunter and Apache Otava find them.
 *
 * @throws Error where a value is not finite, RangeError where squares of values overflow or an option is out of range
 */
export function hunter(series: ArrayLike<number>, options: HunterOptions = {}): number[] {
  const { window = 50, significance = 0.001, leastMagnitude = 0 } = options;
  if (!(Number.isFinite(leastMagnitude) && leastMagnitude >= 0))
    refuse('search the series for changes of at least', leastMagnitude, {}, 'a share of the mean, 0 or more,');
  return engine().hunter(searchable(series), {
    window: wholeNumber('search the series in windows of', window, WINDOW),
    significance: innerShare(SIGNIFICANCE, significance, 0.001),
    leastMagnitude,
  });
}

/**
 * The best division into parts of constant mean (Killick, Fearnhead and Eckley 2012).
 *
 * @param penalty what each change costs, in squared units of the values: more than 0; 2 · variance · ln n is the Bayesian
 *   criterion's
 * @param shortest points of a part at least
 * @throws Error where a value is not finite, RangeError where squares of values overflow or the penalty is not positive
 */
export function pelt(series: ArrayLike<number>, penalty: number, shortest = 1): number[] {
  if (!(Number.isFinite(penalty) && penalty > 0))
    refuse('search the series with penalty', penalty, {}, 'a finite number above 0, such as 2 · variance · ln n,');
  const points = wholeNumber('search the series for parts of', shortest, SHORTEST);
  return engine().pelt(searchable(series), penalty, points);
}

/**
 * The best division into parts of constant median, with a penalty that suits the series, as asv does.
 *
 * @throws Error where a value is not finite, RangeError where squares of values overflow
 */
export function potts(series: ArrayLike<number>): number[] {
  return engine().potts(searchable(series));
}

function searchable(series: ArrayLike<number>): Float64Array {
  return squarable('search the series', numbers('search a series of', series));
}
