// The only door of the room, and `forgebench/histogram`: HDR histograms that JavaScript records into and Rust works on.
export { decodeFromCompressedBase64, encodeIntoCompressedBase64 } from './compressed.js';
export { createHistogram, type HistogramOptions } from './create-histogram.js';
export {
  type DistributionOptions,
  linearBuckets,
  logBuckets,
  outputPercentileDistribution,
  type PercentilePoint,
  percentileDistribution,
} from './distribution.js';
export { Histogram, type HistogramParts, type MannWhitneyTest } from './histogram.js';
export { Layout } from './layout.js';
export { HistogramLogReader, listTags } from './log-reader.js';
export { HistogramLogWriter, type IntervalOptions } from './log-writer.js';
