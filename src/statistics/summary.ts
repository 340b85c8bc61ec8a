// What is said of a case after its launches: each figure with its interval, or the reason why it has none.

import type { Category, Finding, Target } from '../definition/index.js';
import type { LaunchKind, Parameters, Timeline } from '../samples/index.js';

/** A value with its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** An estimate, or why there is none. */
export type Figure = { estimate: Estimate } | { missing: string };

export type TargetStatus = 'met' | 'missed' | 'unclear';

/** Whether a promise about a case is kept. */
export interface TargetResult {
  target: Target;
  /** False where the target names other parameter values: shown beside, never failing. */
  applies: boolean;
  status: TargetStatus;
}

/** Samples outside Tukey's fences, by class (Tukey, Exploratory Data Analysis, 1977). */
export interface Outliers {
  lowSevere: number;
  lowMild: number;
  highMild: number;
  highSevere: number;
  samples: number;
}

/** What the timed part of a case's launches used; rates are per second. */
export interface ResourceUse {
  /** CPU time over wall time and cores in use: 1 is all of them busy. */
  busy: Figure;
  /** Threads that ran and cores in use, the most of any launch; null where nobody tells. */
  threads: number | null;
  cores: number | null;
  minorFaults: Figure;
  majorFaults: Figure;
  voluntarySwitches: Figure;
  involuntarySwitches: Figure;
  readBytes: Figure;
  writtenBytes: Figure;
  storageReadBytes: Figure;
  storageWrittenBytes: Figure;
  /** Collections of V8, as a share of the time. */
  collectionShare: Figure;
  /** 99 % of the event loop's timers were no later than this. */
  eventLoopDelayNs: Figure;
  /** The longest time line of the case's launches; null where all were short. */
  timeline: (Timeline & { kind: LaunchKind }) | null;
}

/** The instructions of one operation, of all threads, under callgrind; of JavaScript without its compiler. */
export interface InstructionUse {
  perOperation: Figure;
  /** What each launch counted per operation, in the order of their seeds, and over how many iterations. */
  launches: number[];
  iterations: number[];
  /** The most over the least of the launches, less 1; null for fewer than two. */
  scatter: number | null;
  /** Whether launches, each with a seed of its own, agree. */
  deterministic: boolean;
}

/** The statistics of a case in a run. Times in nanoseconds per operation, memory in bytes per operation. */
export interface Summary {
  caseId: string;
  benchmarkId: string;
  suite: string;
  parameters: Parameters;
  launches: { time: number; memory: number; failed: number; interrupted: number };
  /** Typical time of one operation: the median of a launch's samples, averaged over launches. */
  p50: Figure;
  p95: Figure;
  p99: Figure;
  throughput: Figure;
  cpuNs: Figure;
  /** CPU time over wall time: 1 is one busy core. */
  cpuUtilisation: Figure;
  memory: {
    allocations: Figure;
    allocatedBytes: Figure;
    peakBytes: Figure;
    retainedBytes: Figure;
    growthBytes: Figure;
    maxRssBytes: Figure;
    /** Live bytes of both heaps in use, the output of an iteration among them, more than before the set-up. */
    liveBytes: Figure;
    /** Growth of live bytes in a million operations, as a share of those in use (64 KiB at least, 1 MiB in V8). */
    liveGrowth: Figure;
    /** Bytes that a round of set-up, iterations and teardown leaves behind. */
    leftBytes: Figure;
    /** Bytes that the first teardown left, what is made only once among them. */
    leftFirstBytes: Figure;
    /** Resident over live bytes, both more than before the set-up. */
    fragmentation: Figure;
    /** Collections of V8 in a million operations, and nanoseconds that they stop an operation for. */
    collections: Figure;
    collectionNs: Figure;
    /** Operations that the growth rests on: of the launch that did the fewest. Null without a memory launch. */
    operations: number | null;
    /** The longest series of live bytes over operations. */
    series: { operations: number[]; liveBytes: number[] };
  };
  /** Absent where nobody asked for them. */
  instructions?: InstructionUse | undefined;
  /** What the timed part used. */
  resources: ResourceUse;
  figures: Record<string, Figure>;
  outliers: Outliers;
  /** Coefficients of variation, as shares of 1. */
  noise: { withinLaunch: number; betweenLaunches: number | null };
  steadyLaunches: number;
  category: { declared: Category; measured: Category | null; contradicts: boolean };
  /** Ascending quantiles 0, 1, …, 100 % of all samples, for plots; empty without a sample. */
  distributionNs: number[];
  /** Median of each launch, in the order in which they ran. */
  launchMediansNs: number[];
  /** The same of batches, where those are of single operations: for runs that could not time them alone. */
  batchMediansNs?: number[];
  targets: TargetResult[];
  /** Sentences that a reader of the figures has to know. */
  warnings: string[];
}

/** How a benchmark's time grows with its scaling parameter: a slope in log–log. */
export interface Growth {
  benchmarkId: string;
  parameter: string;
  /** The other parameters, fixed: one growth for each combination. */
  fixed: Parameters;
  points: { size: number; caseId: string; p50: Estimate }[];
  exponent: Figure;
}

/** What a finding rests on. */
export type Evidence =
  | {
      kind: 'figure';
      /** The case, or the benchmark and the sizes that growth was measured over. */
      subject: string;
      /** For a ratio, the case below the line. */
      against?: string;
      /** `exponent`, `ratio`, a quantile, or one of the benchmark's own figures. */
      metric: string;
      /** Unit of the estimate: `ns`, `/s`, `B`, that of an own figure, or nothing. */
      unit: string;
      estimate: Estimate;
    }
  | { kind: 'failure'; subject: string; failed: number; launches: number; message: string };

/** A defect of the subject as this run saw it. */
export interface FindingResult {
  benchmarkId: string;
  finding: Finding;
  status: 'seen' | 'absent' | 'unclear' | 'unmeasured';
  evidence: Evidence | null;
}
