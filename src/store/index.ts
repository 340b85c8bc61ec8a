// The only door of the room: runs as they are kept.

export type { EngineResult } from '../profile/index.js';
export {
  baselineFile,
  baselineSavedAt,
  checkBaselineName,
  listBaselines,
  removeBaseline,
  saveBaseline,
} from './baselines.js';
export { lastProfiled } from './last-profiled.js';
export { makeRunRecord, type RunResults } from './make-run-record.js';
export {
  checkRunVersion,
  createRunFolder,
  listRuns,
  type PlanFile,
  type RunFolder,
  readRunFolder,
  writeRunFile,
} from './run-folder.js';
export { type FailedLaunch, type ProfileArtefacts, RUN_VERSION, type RunRecord } from './run-record.js';
export { type LeftOut, type RunVersion, type RunVersions, recordOfSide } from './run-versions.js';
export { StoreError } from './store-error.js';
