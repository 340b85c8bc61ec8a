// A launch moment by moment: what timeline.json holds.

/** Version of `timeline.json`. */
export const TIMELINE_VERSION = 1;

/** Id of the element of the page that holds it. */
export const TIMELINE_ELEMENT = 'timeline-data';

/** Everything is in nanoseconds after the start of the process, or in bytes. */
export interface LaunchTimeline {
  version: typeof TIMELINE_VERSION;
  caseId: string;
  durationNs: number;
  /** What the launch was doing: start-up, set-up, the workload, teardown; then the user's measures. */
  phases: Phase[];
  /** Moments that the user has marked. */
  marks: { name: string; atNs: number }[];
  /** Marks that are left out, because there were too many. */
  marksDropped: number;
  cpu: CpuTrack;
  collections: CollectionEvent[];
  /** How late the event loop was, at the end of each turn that was waited for. */
  eventLoop: { atNs: number[]; lateNs: number[] };
  /** Seen from outside, ten times a second; null where the launch was too short for it. */
  process: ProcessTrack | null;
}

/** A stretch of a launch. */
export interface Phase {
  name: string;
  startNs: number;
  endNs: number;
  /** True for one that the user has measured. */
  own: boolean;
}

/** Samples on the JavaScript thread, by origin, in stretches of equal length. */
export interface CpuTrack {
  stretchNs: number;
  /** Start of each stretch. */
  atNs: number[];
  /** By origin, the share of each stretch; what is missing to 1 was idle. */
  shares: Record<string, number[]>;
}

/** A collection of V8. */
export interface CollectionEvent {
  /** `minor`, `major`, `incremental`, `weak callbacks`. */
  kind: string;
  atNs: number;
  pauseNs: number;
  /** V8's heap in use; null where V8 did not say. */
  beforeBytes: number | null;
  afterBytes: number | null;
}

/** The process and those that it started; the end of each stretch, and what was used within it. */
export interface ProcessTrack {
  atNs: number[];
  cores: number[];
  residentBytes: number[];
  readBytes: number[];
  writtenBytes: number[];
}
