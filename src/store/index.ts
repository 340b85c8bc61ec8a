export { RUN_VERSION } from './run-record.js';
export type { EngineResult, FailedLaunch, ProfileArtefacts, RunRecord } from './run-record.js';
