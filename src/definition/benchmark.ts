// The nouns of the room: a benchmark as its author declares it, and a case of it.
import type { Parameters, WorkloadReference } from '../samples/index.js';

/** Bands of the time of one operation: micro < 1 ms, integration 1–100 ms, e2e > 100 ms; memory counts bytes. */
export type Category = 'micro' | 'integration' | 'e2e' | 'memory';

/** A promise about some cases of a benchmark. */
export interface Target {
  /** As written: `p95 < 1 ms`, `throughput > 100k/s`. */
  text: string;
  metric:
    | 'p50'
    | 'p95'
    | 'p99'
    | 'throughput'
    | 'growth'
    | 'live-growth'
    | 'leak'
    | 'peak'
    | 'retained'
    | 'busy'
    | 'figure';
  /** For the metric `figure`: the name of one of the benchmark's own figures. */
  figure?: string | undefined;
  relation: '<' | '>';
  /**
   * Nanoseconds for quantiles, operations per second for throughput, bytes per operation for growth, a share of live
   * bytes per million operations for live-growth, bytes for leak, a share of the cores in use for busy, a figure's own
   * unit.
   */
  limit: number;
  /** Unit of the limit: `ns`, `/s`, `B`, `share`, or that of the figure. */
  unit: string;
  /** Parameter values that it applies to; a case applies if it has all of them. Empty: every case. */
  where: Parameters;
}

/** What a measurement has to show for a defect to be seen. */
export type Condition =
  /** Launches that end in the way that the definition expects. */
  | { kind: 'failure'; reason: 'panic' | 'error' | 'wrong-answer' }
  /** The growth exponent of the scaling parameter. */
  | { kind: 'exponent'; relation: '<' | '>'; limit: number }
  /** The typical time of a case over that of the case that `against` names. */
  | { kind: 'ratio'; relation: '<' | '>'; limit: number; against: Parameters }
  /** A figure of a case, in the words of a target. */
  | { kind: 'figure'; target: Target };

/** A defect of the subject that a benchmark makes visible. */
export interface Finding {
  /** What happens and what it costs. */
  what: string;
  /** File and lines in the subject's source. */
  source: string;
  /** The condition as written. */
  shows: string;
  condition: Condition;
  /** Parameter values that it speaks of. Empty: every case. */
  where: Parameters;
}

/** A benchmark with its parameters still open. */
export interface Benchmark {
  /** `suite/name`. */
  id: string;
  suite: string;
  name: string;
  /** Full name of the crate or package under test, where the suite says it. */
  crate: string | undefined;
  /** The question it answers, and what the subject cannot do, in a sentence or two. */
  why: string;
  /** Which of the questions about its subject it answers. */
  priority: string | undefined;
  /** What one operation is, such as `one node created`. */
  operation: string;
  category: Category;
  tags: readonly string[];
  targets: readonly Target[];
  /** The parameter whose growth is followed, if any; a benchmark with one has at least three sizes of it. */
  scaling: string | undefined;
  /** The workload's own figures by name. */
  figures: Readonly<Record<string, { unit: string; why: string }>>;
  findings: readonly Finding[];
  workload: WorkloadReference;
  cases: readonly Case[];
  /** The case that is profiled where nobody says which. */
  profiled: Case;
  /** What a failure means here: a defect of the subject that the benchmark is there to show. */
  expects: 'panic' | 'error' | 'wrong-answer' | undefined;
  /** Where it was declared, `file:line`. */
  declaredAt: string;
}

/** A benchmark with its parameters fixed. */
export interface Case {
  /** `suite/name[a=1,b=x]`, or `suite/name` without parameters. */
  id: string;
  parameters: Parameters;
  /** The band that it is declared to lie in. */
  category: Category;
}

/** What a suite says of its subject as a whole. */
export interface SuiteFacts {
  name: string;
  crate: string | undefined;
  /** The questions that have to be answered about it; empty where nobody has said. */
  priorities: readonly string[];
  /** Why nothing lies in a category. */
  absent: Readonly<Partial<Record<Category, string>>>;
}
