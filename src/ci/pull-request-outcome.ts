// What checking a pull request came to.
import type { RunComparison } from '../compare/index.js';

/** What checking a pull request came to. */
export type PullRequestOutcome =
  /** Nothing that runs has changed, so that nothing was measured. */
  | { kind: 'documentation'; files: readonly string[] }
  /** There is nothing to compare with: the base has none of these cases, or cannot be built. */
  | { kind: 'baseless'; reason: string }
  /** The pull request itself cannot be measured. */
  | { kind: 'broken'; reason: string }
  | ComparedOutcome;

/** Both sides were measured. */
export interface ComparedOutcome {
  kind: 'compared';
  comparison: RunComparison;
  /** Targets that the head misses, a line each. */
  missed: readonly string[];
  /** Where it was measured, a line for each machine. */
  machines: readonly string[];
  /** The share that a case may become slower by. */
  tolerance: number;
}

/** What is said beside the outcome itself. */
export interface PullRequestFacts {
  /** Commits as people name them. */
  base: string;
  head: string;
  runUrl: string;
  /** Where the files of the run can be opened; they are an artifact of the run otherwise. */
  pagesUrl?: string | undefined;
  /** What nobody has measured, a sentence each, where machines shared the work. */
  missing?: readonly string[];
}
