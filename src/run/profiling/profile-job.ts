// What the engines are given.
import type { Benchmark, Case } from '../../definition/index.js';
import type { EngineResult, ProfileFormatName } from '../../profile/index.js';
import type { Span } from '../../samples/index.js';
import type { LaunchOptions } from '../launch.js';

/** Which case to profile, and where its files go. */
export interface CaseToProfile {
  benchmark: Benchmark;
  case: Case;
  /** Position after the launches of the plan. */
  index: number;
  /** Absolute path of the folder for this case's files. */
  folder: string;
  durationNs: number;
}

/** What an engine gets of it. */
export interface ProfileJob extends CaseToProfile {
  /** The case in a launch of its own that nobody watches: made where an engine asks first. Empty where it failed. */
  clean(): Promise<readonly Span[]>;
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
  /** Time after which an engine is ended, milliseconds; two minutes where it is absent. */
  timeLimitMs?: number;
  /** False where nobody asks what looking cost: no launch is made for it then. */
  tellsCost?: boolean;
  /** Told before each engine starts. */
  onEngine?: (engines: readonly string[]) => void;
}

/** Profiles a case; throws where it cannot, and the message is the reason that a person reads. */
export type ProfileWith = (job: ProfileJob, options: ProfileOptions) => Promise<EngineResult>;

/** Set-up, heap snapshots and the profiler's own end take their time. */
export const PROFILE_TIMEOUT_MS = 120e3;
