// @ts-check
// What histograms are compared by, of this project and of Node.js alike: both have the same methods.

const PERCENTILES = [50, 90, 99, 99.9];

/** Types are those of no version of Node.js: the oldest lacks most of this. @typedef {any} Histogram */

/**
 * @param {(highest: number) => Histogram} create an empty one
 * @param {(histogram: Histogram, values: number[]) => void} fill records all values
 * @returns {Record<string, (input: any) => () => unknown>}
 */
export function histogramJobs(create, fill) {
  /** @param {number[]} values @param {number} highest */
  const recorded = (values, highest) => {
    const histogram = create(highest);
    fill(histogram, values);
    return histogram;
  };
  return {
    record: ({ first, highest }) => {
      const histogram = create(highest);
      return () => {
        for (let at = 0; at < first.length; at++) histogram.record(first[at]);
        return summary(histogram);
      };
    },
    memory:
      ({ first, highest }) =>
      () => {
        const histogram = recorded(first, highest);
        // What a first question makes for later ones counts, too.
        histogram.percentile(99);
        return { histogram, ...summary(histogram) };
      },
    'percentiles-cold': ({ first, highest }) => {
      const histogram = recorded(first, highest);
      return () => {
        histogram.record(5000);
        return values(histogram.percentilesAt(PERCENTILES));
      };
    },
    'percentiles-warm': ({ first, highest }) => {
      const histogram = recorded(first, highest);
      return () => values(histogram.percentilesAt(PERCENTILES));
    },
    add: ({ first, second, highest }) => {
      const [target, source] = [recorded(first, highest), recorded(second, highest)];
      return () => {
        target.add(source);
        return summary(target);
      };
    },
    'mann-whitney-buckets': ({ first, second, highest }) => {
      const [one, other] = [recorded(first, highest), recorded(second, highest)];
      return () => {
        const { uStatistic, zScore } = one.mannWhitneyTest(other);
        return [uStatistic, zScore];
      };
    },
  };
}

/** What is compared once and never timed: written as JSON only where somebody asks. @param {Histogram} histogram */
export function summary(histogram) {
  return { toJSON: () => [histogram.count, ...[50, 90, 99].map((each) => histogram.percentile(each))] };
}

/** @param {Map<number, number>} found */
function values(found) {
  return { toJSON: () => [...found.values()] };
}
