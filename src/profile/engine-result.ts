// What an engine leaves of one case.

/** What one engine saw, or why it saw nothing. Paths are relative to the run's folder, or as `--output` gave them. */
export interface EngineResult {
  /** `cpu`, `heap`, `flame` … */
  engine: string;
  /** By kind of file: `cpuprofile`, `heapsnapshot`, `flame`, `folded`, `speedscope`, `html` … */
  files: Record<string, string>;
  samples?: number;
  intervalNs?: number;
  /** Operations of the workload that ran while it was watched. */
  operations?: number;
  /** Bytes between two samples, where the engine samples allocations. */
  intervalBytes?: number;
  /** Time of an operation while it was watched over that while it was not: what looking cost. */
  slowdown?: number;
  /** The same for processor time, of all threads of the process: a sampler's own thread is in it. */
  cpuSlowdown?: number;
  /** Share of the weight that has the name of a function; in [0, 1]. */
  attributedShare?: number;
  /** Share of samples on the JavaScript thread, while the workload ran, with a JavaScript caller; in [0, 1]. */
  javascriptCallerShare?: number;
  /** Self share by origin; in [0, 1]. */
  shares?: Record<string, number>;
  /** What this engine cannot see, in a sentence. */
  blind?: string;
  /** Why this result deserves less trust than others of its engine, in a sentence. */
  warning?: string;
  /** What the tool itself concludes, in a sentence. */
  finding?: string;
  /** What it found in figures, for people: the same stands in a file as numbers. */
  table?: ResultTable;
  /** Leaks, each in a sentence; an empty list where it looked for some and found none. */
  leaks?: string[];
  /** Why the engine was left out of a group that was asked for: it does not apply to workloads of this kind. */
  skipped?: string;
  failure?: string;
}

/** A small table; all cells of a row but the first are figures or places. */
export interface ResultTable {
  columns: string[];
  rows: string[][];
}
