// The only door of the room: launches made, and the machine that made them.
export type { Environment } from './environment.js';
export { guardGroup } from './group-guard.js';
export { hashWorkload } from './hash-workload.js';
export { type LaunchOptions, launch } from './launch.js';
export type { Probe } from './probe.js';
export { probeMachine, probeValgrind } from './probe-machine.js';
export { identifyProcess, type ProcessIdentity, type ProcessState, stateOfProcess } from './process-identity.js';
export { perfTrouble } from './profiling/perf-trouble.js';
export { probeEngines } from './profiling/probe-engines.js';
export { type EngineChoice, PROFILE_ENGINES, profileCase } from './profiling/profile-case.js';
export { CALLERS_EXPECTED } from './profiling/profile-facts.js';
export type { CaseToProfile, ProfileOptions } from './profiling/profile-job.js';
export { type Symbolized, type SymbolizeOptions, symbolizeCapture } from './profiling/symbolize-capture.js';
export { type EnvironmentInput, readEnvironment } from './read-environment.js';
export { type Progress, type RunHooks, runPlan } from './run-plan.js';
