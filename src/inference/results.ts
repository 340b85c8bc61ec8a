// What statistics come to.

/** An estimate between the ends of its interval, in the unit of the values. */
export interface Interval {
  value: number;
  low: number;
  high: number;
}

/** A quantile and the values between which it lies. */
export interface QuantileInterval extends Interval {
  /** Probability with which both ends cover the true quantile; at least the confidence that was asked for. */
  coverage: number;
}

/** Probabilities, without a difference, of what was seen. */
interface Probabilities {
  /** Of a figure this small or smaller. */
  less: number;
  /** Of one this large or larger. */
  greater: number;
  /** Of one this far out on either side. */
  twoSided: number;
}

/** The Mann-Whitney test. */
export interface MannWhitney extends Probabilities {
  /** Pairs in which the first sample's value is larger, ties half. */
  u: number;
  /** Whether the probabilities were counted; they are those of a normal distribution otherwise. */
  exact: boolean;
}

/** A t test. */
export interface TTest extends Probabilities {
  /** The difference of the means, first less second, in standard errors. */
  t: number;
  /** A fraction in Welch's test. */
  degreesOfFreedom: number;
}

/** A test of means by permutations. */
export interface PermutationTest extends Probabilities {
  /** The mean of the first values less that of the second. */
  difference: number;
  /** Whether all arrangements were counted. */
  exact: boolean;
}

/** How far a sample lies above another; all are positive where it does. */
export interface EffectSize {
  /** Difference of the means in pooled standard deviations. */
  cohensD: number;
  /** The same without the bias of few values. */
  hedgesG: number;
  /** Share of pairs in which the first is larger, less the share in which it is smaller. */
  cliffsDelta: number;
  /** Probability that a value of the first is larger, ties half; above 0.5 where it lies higher. */
  varghaDelaney: number;
  /** Median of all differences of a value of the first to one of the second (Hodges and Lehmann). */
  shift: number;
}

/** How many values lie outside Tukey's fences, 1.5 (mild) and 3 (severe) quartile ranges beyond the quartiles. */
export interface Outliers {
  lowSevere: number;
  lowMild: number;
  highMild: number;
  highSevere: number;
}

/** A place where a density is highest. */
export interface Mode {
  x: number;
  y: number;
  /** How far one has to descend to reach a higher point, as a share of the highest. */
  prominence: number;
}

/** A kernel density estimate at equidistant points. */
export interface Density {
  /** The points, ascending, in the unit of the values. */
  xs: Float64Array;
  /** The density at each, per unit of the values. */
  ys: Float64Array;
  /** Standard deviation of the kernel, in the unit of the values. */
  bandwidth: number;
  /** Local maxima, ascending. */
  modes: Mode[];
}
