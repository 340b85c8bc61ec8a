// A run as it is known while it goes on.
import type { Side } from '../../samples/index.js';
import type { Figure } from '../../statistics/index.js';
import type { PlanFile } from '../../store/index.js';

/** `silent`: written on another system, and for longer than a launch may take nothing has come. */
export type LiveState = 'running' | 'finished' | 'killed' | 'silent';

/** A case, or one of its two sides, so far. */
export interface LiveCase {
  caseId: string;
  side?: Side | undefined;
  /** Launches in the plan, of any kind; some may be left out because the case is known well enough. */
  planned: number;
  made: number;
  failed: number;
  samples: number;
  /** Typical time of one operation, nanoseconds, by the launches so far. */
  p50: Figure;
  /** Why the last launch that failed did. */
  failure?: string | undefined;
}

/** What a finished launch used; null where it failed, or counts instructions and not its use. */
export interface LiveLaunch {
  /** Busy cores while it was timed or counted. */
  cores: number | null;
  /** Highest resident set, bytes. */
  residentBytes: number | null;
}

/** Sums over the launches of a run. */
export interface LiveTotals {
  measured: number;
  failed: number;
  samples: number;
  operations: number;
  /** Of what was timed or counted. */
  cpuSeconds: number;
}

/** What the processes of a run use now, forgebench among them. */
export interface LiveUse {
  /** Busy cores since the look before; null at the first. */
  cores: number | null;
  residentBytes: number;
}

/** A run under way, or one that was. */
export interface LiveRun {
  file: PlanFile;
  state: LiveState;
  /** Launches of the plan that were made or left out. */
  done: number;
  /** At the pace so far, milliseconds; null before the first launch has ended, and once all have. */
  leftMs: number | null;
  /** The case of the next launch in the plan. */
  next: string | undefined;
  /** When the last launch ended, or the run began, milliseconds since the epoch. */
  heardAt: number;
  /** In the order of the benchmarks. */
  cases: readonly LiveCase[];
  launches: readonly LiveLaunch[];
  totals: LiveTotals;
  /** Null where none of its processes runs here. */
  use: LiveUse | null;
}
