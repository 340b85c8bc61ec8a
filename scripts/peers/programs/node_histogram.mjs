// @ts-check
// The histogram of Node.js, of whichever version runs this.
import { createHistogram } from 'node:perf_hooks';
import { serve } from './serve.mjs';

const PERCENTILES = [50, 90, 99, 99.9];

// Types are those of the oldest Node.js, which lacks most of this.
/** @typedef {any} Histogram */

serve({
  record: ({ first, highest }) => {
    const histogram = createHistogram({ highest, figures: 3 });
    return () => {
      for (let at = 0; at < first.length; at++) histogram.record(first[at]);
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
});

/** @param {number[]} values @param {number} highest @returns {Histogram} */
function recorded(values, highest) {
  const histogram = createHistogram({ highest, figures: 3 });
  for (const value of values) histogram.record(value);
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
