// The only door of the room: when a series of figures changed, with which commit, and what since then.
export { applyTriages, changeKeyOf, runsNear } from './apply-triages.js';
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
export {
  type ChangesSince,
  changesSince,
  type DatedChange,
  isSince,
  levelsAround,
  type Regression,
  type RegressionStatus,
} from './changes-since.js';
export { type Change, DEFAULT_HISTORY_OPTIONS, findChanges, type HistoryOptions } from './find-changes.js';
export { noiseFloor } from './noise-floor.js';
export { readTrends, TREND_RUNS } from './read-trends.js';
export { type SuiteTrend, suiteTrends } from './suite-trends.js';
export { DEFAULT_TREND_OPTIONS, type Trend, type TrendChange, type TrendPoint, trendOf } from './trend.js';
