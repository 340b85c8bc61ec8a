// Flags of `forgebench ci`.
import type { ComparisonFlags } from './comparison-options.js';
import type { VersionsFlags } from './measure-versions.js';
import type { StoreFlags } from './project-store.js';

/** Flags of `forgebench ci`. */
export interface CiFlags extends VersionsFlags, ComparisonFlags, StoreFlags {
  settle: boolean;
  /** The folder of the code under test; the working folder where nobody says. */
  code?: string;
  /** Where files go that the workflow keeps. */
  files: string;
  /** Tells comments of several workflows apart. */
  name: string;
  /** False where nothing is written to the pull request. */
  comment: boolean;
  pagesUrl?: string;
  /** The file that a branch's history is brought in and taken away in. */
  history?: string;
  /** Only part i of n of the benchmarks. */
  shard?: string;
  /** The folder of the parts that are put together. */
  merge?: string;
}
