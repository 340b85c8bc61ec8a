// What an importer leaves out of a file: one benchmark that failed must not cost the history of all others.
import { counted } from '../../units/index.js';
import { StoreError } from '../store-error.js';
import type { StoredRun } from '../stored-run.js';
import { type ForeignResults, foreignRun } from './foreign-run.js';

/** What another tool's file has to import. */
export interface ForeignFile {
  runs: StoredRun[];
  /** What it has besides, and why that is no measurement: `task "parse", which failed`. */
  leftOut: string[];
}

/**
 * The run of what was measured.
 *
 * @param remedy what to do where nothing was
 * @throws StoreError where something was left out and nothing remains
 */
export function measuredRun(
  results: ForeignResults,
  { path, leftOut, remedy }: { path: string; leftOut: string[]; remedy: string },
): ForeignFile {
  if (results.cases.length > 0) return { runs: [foreignRun(results)], leftOut };
  const [first] = leftOut;
  if (first === undefined) return { runs: [], leftOut };
  const others = leftOut.length === 1 ? '' : ` (and ${counted(leftOut.length - 1, 'other')})`;
  throw new StoreError(`Cannot import "${path}": nothing remains of it without ${first}${others}; ${remedy}`);
}
