// What a database of runs can do, whichever it is.
import type { AlertClaim, StoredAlert } from './stored-alert.js';
import type { Machine, StoredProfile, StoredRun } from './stored-run.js';
import type { ChangeKey, StoredTriage } from './stored-triage.js';

/** A run in a list. */
export type StoredEntry = Pick<StoredRun, 'id' | 'origin' | 'startedAt' | 'status'> & {
  fingerprint: string;
  commit: string | null;
  subjects: Record<string, string>;
};

/** Which figures to read. */
export interface SeriesQuery {
  /** `p50`, `allocations`, `figure:NAME` … */
  metric: string;
  /** Ids of cases; all of them where it is absent. */
  cases?: readonly string[];
  /** Only the runs that started last, so many of them; all of them where it is absent. */
  last?: number;
  /** Only runs of this machine. */
  fingerprint?: string;
}

/** A figure as one run saw it. */
export interface SeriesPoint {
  run: StoredEntry;
  value: number;
  low: number | null;
  high: number | null;
}

/** A figure of a case on one machine, over all runs; the oldest first. */
export interface Series {
  caseId: string;
  metric: string;
  unit: string;
  points: SeriesPoint[];
}

/** A profile, and the run that it is of. */
export interface ProfileOfRun extends StoredProfile {
  run: string;
}

/** What a comparison said of a case. */
export interface StoredVerdict {
  caseId: string;
  verdict: string;
  ratio: number;
  low: number;
  high: number;
}

/** A run that has a name. */
export interface StoredBaseline {
  name: string;
  run: string;
  savedAt: string;
}

/** A run that was removed. */
export interface Removal {
  run: string;
  startedAt: string;
  commit: string | null;
  at: string;
  /** All of it, or all but its figures. */
  what: 'run' | 'samples';
  /** Which rule it was too much for. */
  reason: string;
}

/** A database of runs. Every function throws StoreError with what to do where the database fails. */
export interface Store {
  /** Where it is, without a password. */
  readonly place: string;
  /** Saves a run whole or not at all; saving it again changes nothing. */
  save(run: StoredRun): Promise<void>;
  /** All runs, the oldest first. */
  list(): Promise<StoredEntry[]>;
  /** One run with all that is held of it, or without its record, samples and histograms, which are most of it. */
  read(id: string, options?: { brief: boolean }): Promise<StoredRun | undefined>;
  /** What run.json holds of a run, which whoever reads it validates; null of an imported one, undefined of none. */
  record(id: string): Promise<unknown>;
  /** A metric over all runs, case by case and machine by machine. */
  series(query: SeriesQuery): Promise<Series[]>;
  /** Ids of all cases, in alphabetical order. */
  cases(): Promise<string[]>;
  /** Profiles of runs that flame graphs can be made from: runs as they are given, each profile in the order of its run. */
  profiles(runs: readonly string[]): Promise<ProfileOfRun[]>;
  /** Names of all metrics, in alphabetical order. */
  metrics(): Promise<string[]>;
  /** What is known of a machine. */
  machine(fingerprint: string): Promise<Machine | undefined>;
  /** Removes runs. */
  remove(ids: readonly string[]): Promise<void>;
  /** Removes launches and profiles of runs, and keeps their figures. */
  thin(ids: readonly string[]): Promise<void>;
  /** Keeps a file of a profile by its content, once the run that it belongs to is saved: others may sweep. */
  keepProfile(file: string): Promise<void>;
  /** The content of a profile. */
  readProfile(hash: string): Promise<Buffer | undefined>;
  /** Removes profiles that no run has; returns how many. */
  sweepProfiles(): Promise<number>;
  /** Gives a run a name, which another one may have had. */
  nameBaseline(name: string, run: string): Promise<void>;
  forgetBaseline(name: string): Promise<void>;
  baselines(): Promise<StoredBaseline[]>;
  /** Keeps what a comparison said of a run that is stored. */
  saveVerdicts(run: string, base: string, verdicts: readonly StoredVerdict[]): Promise<void>;
  /** Runs of which a comparison said `slower` or `faster`. */
  runsWithVerdict(): Promise<Set<string>>;
  /** What was decided about changes, in the order in which it was. */
  triages(): Promise<StoredTriage[]>;
  /** Keeps a decision; of two about one change the later one stays. */
  saveTriage(triage: StoredTriage): Promise<void>;
  forgetTriage(change: ChangeKey): Promise<void>;
  /** What was told to whom, in the order in which it was. */
  alerts(): Promise<StoredAlert[]>;
  /** Keeps the state of an alert; of two states of one alert the later one stays. */
  saveAlert(alert: StoredAlert): Promise<void>;
  /** Takes an alert, so that nobody else sends it; nothing where it was sent, or somebody is about to. */
  claimAlert(claim: AlertClaim): Promise<StoredAlert | undefined>;
  /** Runs that were removed, in the order in which they were. */
  removals(): Promise<Removal[]>;
  saveRemovals(removals: readonly Removal[]): Promise<void>;
  close(): Promise<void>;
}
