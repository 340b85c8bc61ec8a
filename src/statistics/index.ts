// The only door of the room: what launches say together.
export { checkTargets } from './check-targets.js';
export { estimateOf, figureOfLaunches } from './figure.js';
export { isSettled } from './is-settled.js';
export { judgeFindings } from './judge-findings.js';
export { measureGrowth } from './measure-growth.js';
export { median } from './median.js';
export { type SummaryInput, summarize } from './summarize.js';
export type {
  Estimate,
  Evidence,
  Figure,
  FindingResult,
  Growth,
  InstructionUse,
  Outliers,
  ResourceUse,
  Summary,
  TargetResult,
  TargetStatus,
} from './summary.js';
export { areTimedAlone, typicalNs } from './typical-time.js';
