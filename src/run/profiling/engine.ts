// What every engine is to those who list, probe and start it.
import type { WorkloadReference } from '../../samples/index.js';
import type { ProfileWith } from './profile-job.js';

/** What trying an engine on this machine came to. */
export type Usable = { found: string } | { trouble: string; fix: string };

/** A profiler. */
export interface Engine {
  /** As `--with` names it. */
  name: string;
  /** What it shows, in a line for the help. */
  about: string;
  /** Kinds of workloads that it cannot watch, each with the reason and what to use. */
  refuses?: Partial<Record<WorkloadReference['kind'], string>>;
  /** Tries it in a few hundred milliseconds: its version, or why it cannot be used and what to do. Never throws. */
  probe(): Promise<Usable>;
  profile: ProfileWith;
}
