// A run as it is kept and shown: made again at any time from plan.json and launches.jsonl.
import type { Benchmark } from '../definition/index.js';
import type { PlanSettings } from '../plan/index.js';
import type { EngineResult } from '../profile/index.js';
import type { Environment } from '../run/index.js';
import type { LaunchFailure, LaunchKind } from '../samples/index.js';
import type { Growth, Summary } from '../statistics/index.js';

/** Version of run.json; docs/run.schema.json is generated from its schema. */
export const RUN_VERSION = 2;

/** A launch that has no result. */
export interface FailedLaunch {
  caseId: string;
  index: number;
  kind: LaunchKind;
  failure: LaunchFailure;
  /** True where the definition expects it: a finding about the subject, not a broken benchmark. */
  expected: boolean;
}

/** What a profiler left of one case; paths are relative to the run's folder. */
export interface ProfileArtefacts {
  caseId: string;
  engines: EngineResult[];
}

/** A run as it is stored and reported: what `run.json` holds. */
export interface RunRecord {
  version: typeof RUN_VERSION;
  id: string;
  startedAt: string;
  finishedAt: string;
  /** `finished`, or `interrupted` where launches of the plan are missing. */
  status: 'finished' | 'interrupted';
  settings: PlanSettings;
  environment: Environment;
  benchmarks: Benchmark[];
  summaries: Summary[];
  growth: Growth[];
  failures: FailedLaunch[];
  profiles: ProfileArtefacts[];
  /** Where the wall time went, milliseconds: inside workloads' measuring, and in all. */
  cost: { measuredMs: number; wallMs: number };
}
