// Values that were checked and sorted once, for all that is asked of them.
import { engine, type NativeSample } from '../native/index.js';
import { innerShare, numbers, refuse, share, wholeNumber } from './arguments.js';
import { type Resampling, resampling } from './resampling.js';
import type {
  Density,
  EffectSize,
  Interval,
  MannWhitney,
  Outliers,
  PermutationTest,
  QuantileInterval,
  TTest,
} from './results.js';
import { mean, squarable } from './squares.js';

/** How an interval of a mean is made. */
export interface BootstrapOptions extends Resampling {
  /** Within (0, 1); 0.95 where nothing is said. */
  confidence?: number;
  /** Quantiles of the means of resamples, the same mirrored at the mean, or moved by bias and skewness (BCa). */
  method?: 'percentile' | 'basic' | 'bias-corrected';
}

/** How a density is drawn. */
export interface DensityOptions {
  /** From 2 to a million; 512 where nothing is said. */
  points?: number;
  /** Modes stand out by so much of the highest point, a share in [0, 1]; 0.05 leaves out single outliers, and is what nothing said means. */
  leastProminence?: number;
}

const METHODS: readonly string[] = ['percentile', 'basic', 'bias-corrected'];
const CONFIDENCE = 0.95;
const QUANTILE = 'find the quantile at';
// A screen has some thousands; each takes a place in two lists.
const POINTS = { least: 2, most: 1e6, noun: 'points' };

/**
 * A sample of independent values in any unit: at least one, all finite. They are sorted when it is made; a test of two
 * samples is one walk over both.
 *
 * @example
 * import { Sample } from 'forgebench/statistics';
 *
 * const before = new Sample([10.1, 10.3, 9.9, 10.0, 10.2]);
 * const after = new Sample([11.2, 11.0, 11.4, 11.1, 11.3]);
 * before.median; // 10.1
 * after.mannWhitney(before).u; // 25
 * after.mannWhitney(before).twoSided < 0.01; // true
 * after.effectSize(before).cliffsDelta; // 1
 */
export class Sample {
  readonly #native: NativeSample;

  /**
   * @param values copied, in any order
   * @throws Error where there is none, or one is not finite, with its place; TypeError where they are no numbers
   */
  constructor(values: ArrayLike<number>) {
    this.#native = new (engine().BindingSample)(numbers('make a sample of', values));
  }

  /** How many values there are. */
  get size(): number {
    return this.#native.size();
  }

  /** A copy of the values, ascending. */
  get values(): Float64Array {
    return this.#native.values();
  }

  /** The arithmetic mean. @throws RangeError where the sum overflows */
  get mean(): number {
    return mean(this.#native.mean());
  }

  /** The value in the middle, or between both in the middle. */
  get median(): number {
    return this.quantile(0.5);
  }

  /** With n − 1 in the denominator; 0 for one value. @throws RangeError where squares overflow */
  get standardDeviation(): number {
    const deviation = this.#native.standardDeviation();
    if (deviation === 0 || !Number.isFinite(deviation)) this.#checkSquares('take the standard deviation');
    return deviation;
  }

  /** The median distance from the median, times 1.4826: a standard deviation that outliers do not move. */
  get mad(): number {
    return this.#native.mad();
  }

  /**
   * The value below which a share lies: type 7 of Hyndman and Fan (1996), as in R and NumPy.
   *
   * @param at in [0, 1]
   * @throws RangeError where it is no share
   */
  quantile(at: number): number {
    return this.#native.quantiles(new Float64Array([share(QUANTILE, at)]))[0] as number;
  }

  /** Several of them. @throws RangeError where one of `at` is no share */
  quantiles(at: ArrayLike<number>): Float64Array {
    return this.#native.quantiles(Float64Array.from(at, (each) => share(QUANTILE, each)));
  }

  /**
   * The values between which a quantile lies, by order statistics: right for any distribution, however few values there
   * are. An end is infinite where no value lies far enough out.
   *
   * @param at within (0, 1)
   * @throws RangeError where `at` or the confidence is no share
   * @example
   * import { Sample } from 'forgebench/statistics';
   *
   * const sample = new Sample(Array.from({ length: 100 }, (_, at) => at));
   * const { low, high, coverage } = sample.quantileInterval(0.5);
   * [low, high]; // [39, 60]
   * coverage > 0.95; // true
   */
  quantileInterval(at: number, confidence = CONFIDENCE): QuantileInterval {
    return this.#native.quantileInterval(innerAt(at), innerConfidence(confidence));
  }

  /**
   * The interval of a quantile that the percentile bootstrap gives after infinitely many resamples, counted and not drawn
   * (Evans, Leemis and Drew 2006).
   *
   * @throws RangeError where `at` or the confidence is no share
   */
  bootstrapQuantile(at: number, confidence = CONFIDENCE): Interval {
    return interval(this.#native.bootstrapQuantile(innerAt(at), innerConfidence(confidence)));
  }

  /**
   * The mean and its interval by resampling: the same for the same seed, whatever the number of threads.
   *
   * @throws Error where there are fewer than two values, or an option is out of range
   */
  bootstrapMean({ confidence = CONFIDENCE, method = 'percentile', ...options }: BootstrapOptions = {}): Interval {
    const checked = resampling('bootstrap with', options);
    if (!METHODS.includes(method)) refuse('bootstrap with the method', method, {}, `one of ${METHODS.join(', ')}`);
    const { value, low, high } = this.#native.bootstrapMean(innerConfidence(confidence), method, checked);
    return interval({ value: mean(value), low, high });
  }

  /** How many values lie outside Tukey's fences. */
  outliers(): Outliers {
    return this.#native.outliers();
  }

  /**
   * The Gaussian density with Silverman's bandwidth, right to 1e-6 of its peak, from 3 bandwidths below the least value to 3
   * above the greatest.
   *
   * @throws RangeError where an option is out of range
   * @throws Error where the values span more than a number holds
   * @example
   * import { Sample } from 'forgebench/statistics';
   *
   * new Sample([9, 10, 10.5, 11, 29, 30, 31]).density().modes.length; // 2
   */
  density({ points = 512, leastProminence = 0.05 }: DensityOptions = {}): Density {
    return this.#native.density(
      wholeNumber('draw a density through', points, POINTS),
      share('find modes of a prominence of', leastProminence),
    );
  }

  /** Whether one of two samples tends to lie above the other, by ranks; counted exactly where both are small. */
  mannWhitney(other: Sample): MannWhitney {
    return this.#native.mannWhitney(other.#native);
  }

  /**
   * Whether the means of two samples differ, whatever their variances.
   *
   * @throws Error where one has a single value, RangeError where squares overflow
   */
  welch(other: Sample): TTest {
    const test = this.#native.welch(other.#native);
    if (Number.isNaN(test.degreesOfFreedom) || !Number.isFinite(test.t)) this.#checkSquares('test means', other);
    return test;
  }

  /**
   * The same by dealing all values out again: in all ways where these are few, by chance from a seed otherwise.
   *
   * @throws RangeError where an option is out of range
   */
  permutationTest(other: Sample, options: Resampling = {}): PermutationTest {
    mean(this.#native.mean());
    mean(other.#native.mean());
    return this.#native.permutation(other.#native, resampling('test with', options));
  }

  /**
   * How far this sample lies above another.
   *
   * @throws Error where one has a single value, RangeError where squares overflow
   */
  effectSize(other: Sample): EffectSize {
    const effect = this.#native.effectSize(other.#native);
    if (effect.cohensD === 0 || !Number.isFinite(effect.cohensD)) this.#checkSquares('compare samples', other);
    return effect;
  }

  /** Asked where a result looks like overflow alone, because it copies the values. */
  #checkSquares(action: string, other: Sample = this): void {
    squarable(action, this.values);
    squarable(action, other.values);
  }
}

function innerAt(at: number): number {
  return innerShare('give an interval of the quantile at', at, 0.5);
}

function innerConfidence(confidence: number): number {
  return innerShare('give an interval of confidence', confidence, CONFIDENCE);
}

/** The engine says there why an interval is missing; here that is an error already. */
function interval({ value, low, high }: Interval): Interval {
  return { value, low, high };
}
