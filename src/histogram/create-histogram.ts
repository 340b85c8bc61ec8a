// Makes an empty histogram.
import { Histogram } from './histogram.js';
import { Layout, VALUE_MAX } from './layout.js';

/** What a histogram can hold and how exactly; the names are those of Node.js. */
export interface HistogramOptions {
  /** The lowest value that has to be told from 0; 1 where it is absent. Larger ones save memory. */
  lowest?: number;
  /** The highest value that may be recorded, at least twice `lowest`; 2^53 - 1 where it is absent. */
  highest?: number;
  /** Significant decimal digits, in [0, 5]; 3 where it is absent, which keeps every value within 0.1 %. */
  figures?: number;
}

/**
 * An empty histogram.
 *
 * @throws RangeError for options that make none.
 * @example
 * import { createHistogram } from 'forgebench/histogram';
 *
 * const latency = createHistogram({ highest: 3.6e12 });
 * latency.record(1250);
 * latency.record(98_000);
 * latency.percentile(99); // 98047
 */
export function createHistogram(options: HistogramOptions = {}): Histogram {
  const { lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3 } = options;
  const layout = new Layout(figures, lowest);
  if (!Number.isInteger(highest) || highest < 2 * lowest || highest > VALUE_MAX)
    throw new RangeError(
      `Cannot make a histogram up to ${highest}: it must be an integer between ${2 * lowest}, twice the lowest value, and 2^53`,
    );
  return new Histogram({ layout, highest });
}
