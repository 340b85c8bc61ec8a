// `forgebench compare`: two runs or baselines, case by case, with verdicts.
import { compareRuns, DEFAULT_COMPARE_OPTIONS } from '../../compare/index.js';
import { type ComparisonFlags, readComparisonOptions } from '../comparison-options.js';
import { exitCodeOfStored } from '../exit-code.js';
import { explainRuns, explanationFolder } from '../explain-runs.js';
import { findStoredRun } from '../find-stored-run.js';
import { sayMissedTargets } from '../missed-targets.js';
import { readNoiseFloors } from '../noise-floors.js';
import type { StoreFlags } from '../project-store.js';
import { refuseDifferences } from '../refuse-differences.js';
import { comparisonOutput, type ShowFlags } from '../show-comparison.js';

/** Flags of `forgebench compare`. */
export interface CompareFlags extends ComparisonFlags, ShowFlags, StoreFlags {
  acrossMachines?: boolean;
}

/** Compares two runs; returns the exit code. */
export async function compare(base: string, head: string, flags: CompareFlags): Promise<number> {
  const show = comparisonOutput(flags);
  const options = { ...DEFAULT_COMPARE_OPTIONS, ...readComparisonOptions(flags) };
  const find = (name: string) => findStoredRun(process.cwd(), name, { action: 'Cannot compare', ...flags });
  const runs = { base: await find(base), head: await find(head) };
  const [old, now] = [runs.base.record, runs.head.record];
  if (old.id === now.id)
    process.stderr.write(`Base and head are the same run, ${now.id}: name another one to learn what changed\n`);
  const noiseFloors = await readNoiseFloors(process.cwd(), [old, now], flags);
  const comparison = compareRuns(old, now, { ...options, noiseFloors });
  if (!flags.acrossMachines) refuseDifferences(base, head, comparison.differences);
  show(explainRuns(comparison, runs, explanationFolder(base, head)), options.tolerance);
  sayMissedTargets(now);
  return exitCodeOfStored(now, comparison, options.tolerance);
}
