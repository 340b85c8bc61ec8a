// The only door of the room: two versions, case by case.

export { chanceOfChange, launchesToTell, type MeasuredRatio } from './chance-of-change.js';
export { countsToSettle, type Disagreement, type InstructionChange } from './compare-instructions.js';
export {
  type ComparedCase,
  type CompareOptions,
  compareLaunches,
  DEFAULT_COMPARE_OPTIONS,
  type LaunchComparison,
} from './compare-launches.js';
export {
  type ComparedRun,
  type CounterChange,
  compareRuns,
  instructionRegressions,
  type RunComparison,
  regressions,
} from './compare-runs.js';
export { compareVersions } from './compare-versions.js';
export { type Difference, findDifferences } from './differences.js';
export { type DuetRatios, duetRatios } from './duet-ratios.js';
export { failingCases } from './failing-cases.js';
export { launchesToSettle } from './launches-to-settle.js';
export { mergeComparisons } from './merge-comparisons.js';
export { INTERVAL_CONFIDENCE, type LaunchPair, sureClearances, type Verdict } from './verdict.js';
