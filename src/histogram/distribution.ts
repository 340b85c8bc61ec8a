// A histogram by percentiles and by steps of its values.
import type { Histogram } from './histogram.js';

/** A place in a distribution. */
export interface PercentilePoint {
  /** In [0, 100]. */
  percentile: number;
  /** The value that so many do not exceed. */
  value: number;
  /** Values up to this one. */
  countUpTo: number;
}

/** More steps than this are a mistake, not a distribution. */
const STEPS_MAX = 1_000_000;

/**
 * The distribution at percentiles that come closer to each other the nearer they are to 100: with each halving of the distance
 * left, there are `ticksPerHalfDistance` of them. Source: `PercentileIterator.java` of HdrHistogram.
 *
 * @example
 * import { createHistogram, percentileDistribution } from 'forgebench/histogram';
 *
 * const histogram = createHistogram();
 * for (const value of [1250, 98_000, 1250]) histogram.record(value);
 * const steps = [...percentileDistribution(histogram, 1)];
 * steps.map(({ value }) => value); // [1250, 1250, 98047, 98047]
 */
export function* percentileDistribution(
  histogram: Histogram,
  ticksPerHalfDistance = 5,
): Generator<PercentilePoint, void> {
  if (!Number.isInteger(ticksPerHalfDistance) || ticksPerHalfDistance < 1)
    throw new RangeError(
      `Cannot take ${ticksPerHalfDistance} ticks for each halving: it must be a whole number from 1 on`,
    );
  const { count } = histogram;
  if (count === 0) return;
  for (let percentile = 0; ; ) {
    const value = percentile === 0 ? histogram.percentile(Number.MIN_VALUE) : histogram.percentile(percentile);
    const countUpTo = histogram.countUpTo(value);
    yield { percentile, value, countUpTo };
    if (countUpTo >= count) break;
    const halvings = Math.floor(Math.log2(100 / (100 - percentile))) + 1;
    percentile += 100 / (ticksPerHalfDistance * 2 ** halvings);
  }
  yield { percentile: 100, value: histogram.max, countUpTo: count };
}

/** How `outputPercentileDistribution` writes. */
export interface DistributionOptions {
  /** Points for each halving of the distance to 100 %; 5 where it is absent. */
  ticksPerHalfDistance?: number;
  /** What values are divided by: 1e6 shows nanoseconds as milliseconds. 1 where it is absent. */
  valueUnitRatio?: number;
}

/**
 * The distribution as the text that HdrHistogram's plotter reads.
 *
 * @example
 * import { createHistogram, outputPercentileDistribution } from 'forgebench/histogram';
 *
 * const histogram = createHistogram();
 * for (const value of [1250, 98_000, 1250]) histogram.record(value);
 * outputPercentileDistribution(histogram, { valueUnitRatio: 1000 }).includes('98.047'); // true
 */
export function outputPercentileDistribution(histogram: Histogram, options: DistributionOptions = {}): string {
  const { ticksPerHalfDistance = 5, valueUnitRatio = 1 } = options;
  const figure = (value: number): string => (value / valueUnitRatio).toFixed(histogram.figures).padStart(12);
  const lines = [...percentileDistribution(histogram, ticksPerHalfDistance)].map(({ percentile, value, countUpTo }) => {
    const inverse = percentile < 100 ? ` ${(1 / (1 - percentile / 100)).toFixed(2).padStart(14)}` : '';
    return `${figure(value)} ${(percentile / 100).toFixed(12)} ${String(countUpTo).padStart(10)}${inverse}`;
  });
  const mean = `#[Mean    = ${figure(histogram.mean)}, StdDeviation   = ${figure(histogram.stddev)}]`;
  const max = `#[Max     = ${figure(histogram.max)}, Total count    = ${String(histogram.count).padStart(12)}]`;
  return `${['       Value     Percentile TotalCount 1/(1-Percentile)', '', ...lines, mean, max].join('\n')}\n`;
}

/**
 * How many values lie in each step of one width: above the step before, up to and with the key.
 *
 * @throws RangeError for a step that is none or makes more than a million of them.
 * @example
 * import { createHistogram, linearBuckets } from 'forgebench/histogram';
 *
 * const histogram = createHistogram();
 * for (const value of [1250, 98_000, 1250]) histogram.record(value);
 * // Values above 50,000 up to 100,000.
 * linearBuckets(histogram, 50_000).get(100_000); // 1
 */
export function linearBuckets(histogram: Histogram, step: number): Map<number, number> {
  if (!(Number.isInteger(step) && step > 0) || histogram.max / step > STEPS_MAX)
    throw new RangeError(
      `Cannot take steps of ${step} up to ${histogram.max}: it must be a whole number that makes at most a million of them`,
    );
  return steps(histogram, step, (key) => key + step);
}

/**
 * The same with steps whose ends grow by a factor.
 *
 * @throws RangeError for a first end below 1 or a factor that is not above 1.
 * @example
 * import { createHistogram, logBuckets } from 'forgebench/histogram';
 *
 * const histogram = createHistogram();
 * for (const value of [1250, 98_000, 1250]) histogram.record(value);
 * // Values above 1000 up to 2000.
 * logBuckets(histogram, 1000, 2).get(2000); // 2
 */
export function logBuckets(histogram: Histogram, first: number, factor: number): Map<number, number> {
  if (!(Number.isInteger(first) && first > 0) || !(factor > 1) || Math.log(2 ** 53) / Math.log(factor) > STEPS_MAX)
    throw new RangeError(
      `Cannot take steps from ${first} on that grow ${factor} times: use a whole number and more than 1`,
    );
  let end = first;
  return steps(histogram, first, () => {
    end *= factor;
    return Math.floor(end);
  });
}

function steps(histogram: Histogram, first: number, next: (key: number) => number): Map<number, number> {
  const found = new Map<number, number>();
  let before = 0;
  for (let key = first; before < histogram.count; key = next(key)) {
    const upTo = histogram.countUpTo(key);
    // Ends that grow by less than 1 fall on one whole number more than once.
    found.set(key, (found.get(key) ?? 0) + upTo - before);
    before = upTo;
  }
  return found;
}
