// @ts-check
// Histograms of this project as a contestant.
import {
  createHistogram,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
} from '../../../dist/histogram/index.js';

const PERCENTILES = [50, 90, 99, 99.9];

/** @typedef {import('../../../dist/histogram/index.js').Histogram} Histogram */

/** @type {Record<string, (input: any) => () => unknown>} */
export const HISTOGRAMS = {
  record: ({ first, highest }) => {
    const histogram = createHistogram({ highest });
    return () => {
      for (let at = 0; at < first.length; at++) histogram.record(first[at]);
      return summary(histogram);
    };
  },
  'record-batch': ({ first, highest }) => {
    const [values, histogram] = [Float64Array.from(first), createHistogram({ highest })];
    return () => {
      histogram.recordMany(values);
      return summary(histogram);
    };
  },
  'percentiles-cold': (given) => {
    const histogram = recorded(given.first, given.highest);
    return () => {
      histogram.record(5000);
      return values(histogram.percentilesAt(PERCENTILES));
    };
  },
  'percentiles-warm': (given) => {
    const histogram = recorded(given.first, given.highest);
    return () => values(histogram.percentilesAt(PERCENTILES));
  },
  add: (given) => {
    const [target, source] = [recorded(given.first, given.highest), recorded(given.second, given.highest)];
    return () => {
      target.add(source);
      return summary(target);
    };
  },
  'mann-whitney-buckets': (given) => {
    const [first, second] = [recorded(given.first, given.highest), recorded(given.second, given.highest)];
    return () => {
      const { uStatistic, zScore } = first.mannWhitneyTest(second);
      return [uStatistic, zScore];
    };
  },
  encode: (given) => {
    const histogram = recorded(given.first, given.highest);
    return () => encodeIntoCompressedBase64(histogram);
  },
  decode: (given) => {
    const text = encodeIntoCompressedBase64(recorded(given.first, given.highest));
    return () => summary(decodeFromCompressedBase64(text));
  },
};

/** @param {number[]} values @param {number} highest */
function recorded(values, highest) {
  const histogram = createHistogram({ highest });
  histogram.recordMany(values);
  return histogram;
}

/** What is compared once and never timed: written as JSON only where somebody asks. @param {Histogram} histogram */
function summary(histogram) {
  return { toJSON: () => [histogram.count, ...[50, 90, 99].map((each) => histogram.percentile(each))] };
}

/** @param {Map<number, number>} found */
function values(found) {
  return { toJSON: () => [...found.values()] };
}
