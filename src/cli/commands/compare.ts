// `forgebench compare`: two runs or baselines, case by case, with verdicts.
import { compareRuns, DEFAULT_COMPARE_OPTIONS } from '../../compare/index.js';
import { type ComparisonFlags, readComparisonOptions } from '../comparison-options.js';
import { findRun } from '../find-run.js';
import { refuseDifferences } from '../refuse-differences.js';
import { comparisonOutput, exitCodeOfComparison, type ShowFlags } from '../show-comparison.js';

/** Flags of `forgebench compare`. */
export interface CompareFlags extends ComparisonFlags, ShowFlags {
  acrossMachines?: boolean;
}

/** Compares two runs; returns the exit code. */
export async function compare(base: string, head: string, flags: CompareFlags): Promise<number> {
  const show = comparisonOutput(flags);
  const options = { ...DEFAULT_COMPARE_OPTIONS, ...readComparisonOptions(flags) };
  const [old, now] = [base, head].map((name) => findRun(process.cwd(), name, 'Cannot compare').record) as [
    Parameters<typeof compareRuns>[0],
    Parameters<typeof compareRuns>[1],
  ];
  const comparison = compareRuns(old, now, options);
  if (!flags.acrossMachines) refuseDifferences(base, head, comparison.differences);
  show(comparison, options.tolerance);
  return exitCodeOfComparison(comparison, options.tolerance);
}
