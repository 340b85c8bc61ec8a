// Values that were checked and sorted once, for all that is asked of them.
import { engine, type NativeSample } from '../native/index.js';
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

/** How often to resample. Results depend on nothing but the values and these. */
export interface Resampling {
  /** At least 1; 10,000 where nothing is said. */
  resamples?: number;
  /** A whole number in [0, 2^53]; 1 where nothing is said. */
  seed?: number;
  /** Threads that share the work; the result is the same for any number. 1 where nothing is said. */
  threads?: number;
}

/** How an interval of a mean is made. */
export interface BootstrapOptions extends Resampling {
  /** Within (0, 1); 0.95 where nothing is said. */
  confidence?: number;
  /** Quantiles of the means of resamples, the same mirrored at the mean, or moved by bias and skewness (BCa). */
  method?: 'percentile' | 'basic' | 'bias-corrected';
}

/** How a density is drawn. */
export interface DensityOptions {
  /** At least 2; 512 where nothing is said. */
  points?: number;
  /** Modes stand out by so much of the highest point; 0.05 leaves out single outliers, and is what nothing said means. */
  leastProminence?: number;
}

const CONFIDENCE = 0.95;

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
   * @throws Error where there is none, or one is not finite, with its place
   */
  constructor(values: ArrayLike<number>) {
    const numbers = values instanceof Float64Array ? values : Float64Array.from(values);
    this.#native = new (engine().BindingSample)(numbers);
  }

  /** How many values there are. */
  get size(): number {
    return this.#native.size();
  }

  /** A copy of the values, ascending. */
  get values(): Float64Array {
    return this.#native.values();
  }

  /** The arithmetic mean. */
  get mean(): number {
    return this.#native.mean();
  }

  /** The value in the middle, or between both in the middle. */
  get median(): number {
    return this.quantile(0.5);
  }

  /** With n − 1 in the denominator; 0 for one value. */
  get standardDeviation(): number {
    return this.#native.standardDeviation();
  }

  /** The median distance from the median, times 1.4826: a standard deviation that outliers do not move. */
  get mad(): number {
    return this.#native.mad();
  }

  /** The value below which a share lies, `at` in [0, 1]: type 7 of Hyndman and Fan (1996), as in R and NumPy. */
  quantile(at: number): number {
    return this.quantiles([at])[0] as number;
  }

  /** Several of them. */
  quantiles(at: ArrayLike<number>): Float64Array {
    return this.#native.quantiles(Float64Array.from(at));
  }

  /**
   * The values between which a quantile lies, by order statistics: right for any distribution, however few values there
   * are. An end is infinite where no value lies far enough out.
   *
   * @param at within (0, 1)
   * @throws Error where `at` or the confidence is no share
   * @example
   * import { Sample } from 'forgebench/statistics';
   *
   * const sample = new Sample(Array.from({ length: 100 }, (_, at) => at));
   * const { low, high, coverage } = sample.quantileInterval(0.5);
   * [low, high]; // [39, 60]
   * coverage > 0.95; // true
   */
  quantileInterval(at: number, confidence = CONFIDENCE): QuantileInterval {
    return this.#native.quantileInterval(at, confidence);
  }

  /**
   * The interval of a quantile that the percentile bootstrap gives after infinitely many resamples, counted and not drawn
   * (Evans, Leemis and Drew 2006).
   *
   * @throws Error where `at` or the confidence is no share
   */
  bootstrapQuantile(at: number, confidence = CONFIDENCE): Interval {
    return interval(this.#native.bootstrapQuantile(at, confidence));
  }

  /**
   * The mean and its interval by resampling: the same for the same seed, whatever the number of threads.
   *
   * @throws Error where there are fewer than two values, or an option is out of range
   */
  bootstrapMean({ confidence = CONFIDENCE, method = 'percentile', ...options }: BootstrapOptions = {}): Interval {
    return interval(this.#native.bootstrapMean(confidence, method, options));
  }

  /** How many values lie outside Tukey's fences. */
  outliers(): Outliers {
    return this.#native.outliers();
  }

  /**
   * The Gaussian density with Silverman's bandwidth, right to 1e-6 of its peak, from 3 bandwidths below the least value to 3
   * above the greatest.
   *
   * @throws Error where there are fewer than two points
   * @example
   * import { Sample } from 'forgebench/statistics';
   *
   * new Sample([9, 10, 10.5, 11, 29, 30, 31]).density().modes.length; // 2
   */
  density({ points = 512, leastProminence = 0.05 }: DensityOptions = {}): Density {
    return this.#native.density(points, leastProminence);
  }

  /** Whether one of two samples tends to lie above the other, by ranks; counted exactly where both are small. */
  mannWhitney(other: Sample): MannWhitney {
    return this.#native.mannWhitney(other.#native);
  }

  /** Whether the means of two samples differ, whatever their variances. @throws Error where one has a single value */
  welch(other: Sample): TTest {
    return this.#native.welch(other.#native);
  }

  /** The same by dealing all values out again: in all ways where these are few, by chance from a seed otherwise. */
  permutationTest(other: Sample, options: Resampling = {}): PermutationTest {
    return this.#native.permutation(other.#native, options);
  }

  /** How far this sample lies above another. @throws Error where one has a single value */
  effectSize(other: Sample): EffectSize {
    return this.#native.effectSize(other.#native);
  }
}

/** The engine says there why an interval is missing; here that is an error already. */
function interval({ value, low, high }: Interval): Interval {
  return { value, low, high };
}
