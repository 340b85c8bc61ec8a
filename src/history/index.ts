// The only door of the room: when a series of figures changed, and with which commit.
export {
  type Bisection,
  comparisonsLeft,
  learn,
  mostComparisons,
  nextToMeasure,
  type Suspects,
  skip,
  startBisection,
  suspectsOf,
} from './bisection.js';
export { type Change, DEFAULT_HISTORY_OPTIONS, findChanges, type HistoryOptions } from './find-changes.js';
export { noiseFloor } from './noise-floor.js';
export { DEFAULT_TREND_OPTIONS, type Trend, type TrendChange, type TrendPoint, trendOf } from './trend.js';
