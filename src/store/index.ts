// The only door of the room: runs as they are kept.

export type { EngineResult } from '../profile/index.js';
export {
  baselineFile,
  baselineRun,
  baselineSavedAt,
  checkBaselineName,
  listBaselines,
  removeBaseline,
  saveBaseline,
} from './baselines.js';
export { type FollowedRun, followRun, isSavedRun, type RunFollower } from './follow-run.js';
export { type ImportedFile, importFile } from './importers/import-file.js';
export { isTold, sameAlerts } from './is-told.js';
export { type KeptProfile, keptProfiles } from './kept-profiles.js';
export { lastProfiled } from './last-profiled.js';
export { describeLocation, parseStoreLocation, type StoreLocation } from './location.js';
export { makeRunRecord, type RunResults } from './make-run-record.js';
export { openStore } from './open-store.js';
export { applyRetention, type Retention, type RetentionFacts, type RetentionRule } from './retention.js';
export {
  checkRunVersion,
  createRunFolder,
  listRuns,
  type PlanFile,
  type RunFolder,
  readRunFolder,
  removeRunFolder,
  writeRunFile,
} from './run-folder.js';
export { type FailedLaunch, type ProfileArtefacts, RUN_VERSION, type RunRecord } from './run-record.js';
export { type LeftOut, type RunVersion, type RunVersions, recordOfSide } from './run-versions.js';
export type {
  ProfileOfRun,
  Removal,
  Series,
  SeriesPoint,
  SeriesQuery,
  Store,
  StoredBaseline,
  StoredEntry,
  StoredVerdict,
} from './store.js';
export { StoreError } from './store-error.js';
export type { AlertClaim, StoredAlert } from './stored-alert.js';
export {
  type Machine,
  STORED_VERSION,
  type StoredCase,
  type StoredFigure,
  type StoredLaunch,
  type StoredProfile,
  type StoredRun,
  storedRun,
} from './stored-run.js';
export { type ChangeKey, type StoredTriage, storedTriage, TRIAGE_STATES, type TriageState } from './stored-triage.js';
export { toStoredRun } from './to-stored-run.js';
