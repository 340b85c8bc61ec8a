// A run of two versions: what is kept of each, and the record of one side.
import type { Benchmark } from '../definition/index.js';
import type { Side } from '../samples/index.js';
import { makeRunRecord, type RunResults } from './make-run-record.js';
import type { PlanFile } from './run-folder.js';
import type { RunRecord } from './run-record.js';

/** A part of a version that could not be measured. */
export interface LeftOut {
  /** A crate or an addon. */
  what: string;
  /** The compiler's first error, or whatever else speaks against it. */
  reason: string;
}

/** One of the two versions that a run measures in turn. */
export interface RunVersion {
  /** As the user named it: `0.7.0`, `path:../moduforge-rs`. */
  spec: string;
  /** Versions of the crates under test by name. */
  subjects: Record<string, string>;
  commit: string | null;
  /** Selected cases, each with this version's workload. */
  benchmarks: Benchmark[];
  leftOut: LeftOut[];
}

/** Both versions of a run. */
export interface RunVersions extends Record<Side, RunVersion> {
  /** Ids of cases that run the same code on both sides, which are not measured. */
  identical: string[];
}

/** The record of one side, as if it had been a run of its own. */
export function recordOfSide(file: PlanFile, versions: RunVersions, side: Side, results: RunResults): RunRecord {
  const { benchmarks, subjects, commit } = versions[side];
  // Hashes of the working folder's code say nothing of a version's; `identical` does.
  const { binaries: _, ...environment } = file.environment;
  const isIts = (each: { side?: Side | undefined }) => each.side === side;
  const its: PlanFile = {
    ...file,
    benchmarks,
    environment: { ...environment, subjects, commit },
    plan: { ...file.plan, requests: file.plan.requests.filter(isIts) },
  };
  return makeRunRecord(its, { ...results, records: results.records.filter(isIts) });
}
