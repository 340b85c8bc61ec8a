// What the engines are given.
import type { Benchmark, Case } from '../../definition/index.js';
import type { EngineResult, ProfileFormatName } from '../../profile/index.js';
import type { LaunchOptions } from '../launch.js';

/** Which case, and where its files go. */
export interface ProfileJob {
  benchmark: Benchmark;
  case: Case;
  /** Position after the launches of the plan. */
  index: number;
  /** Absolute path of the folder for this case's files. */
  folder: string;
  /** Time of one operation in timed launches, nanoseconds; undefined where none finished. */
  timedNs: number | undefined;
  durationNs: number;
}

/** How profiled launches are started, and what pages need. */
export interface ProfileOptions extends LaunchOptions {
  /** The program that tools start which want a node program of their own. */
  standalone: string;
  /** Folders whose JavaScript is forgebench's own. */
  ownFolders: readonly string[];
  /** The browser program of flame graphs. */
  flameClient: { script: string; style: string };
  /** Formats to write beside what every engine leaves. */
  formats?: readonly ProfileFormatName[];
  /** That of time lines. */
  timelineClient: { script: string; style: string };
  /** Told before each engine starts. */
  onEngine?: (engines: readonly string[]) => void;
}

/** Profiles a case; throws where it cannot, and the message is the reason that a person reads. */
export type ProfileWith = (job: ProfileJob, options: ProfileOptions) => Promise<EngineResult>;

/** Set-up, heap snapshots and the profiler's own end take their time. */
export const PROFILE_TIMEOUT_MS = 120e3;
