// A run against a baseline: checked before anything is measured, shown afterwards.
import { join } from 'node:path';
import { compareRuns, DEFAULT_COMPARE_OPTIONS, findDifferences, type RunComparison } from '../compare/index.js';
import type { Selection } from '../definition/index.js';
import type { CountedIterations, PlanSettings } from '../plan/index.js';
import type { RunRecord } from '../store/index.js';
import { type ComparisonFlags, readComparisonOptions } from './comparison-options.js';
import { environmentOf } from './environment-of.js';
import { exitCodeOfComparison } from './exit-code.js';
import { explainRuns } from './explain-runs.js';
import { findStoredRun } from './find-stored-run.js';
import { readNoiseFloors } from './noise-floors.js';
import type { Project } from './project.js';
import type { StoreFlags } from './project-store.js';
import { refuseDifferences } from './refuse-differences.js';
import { comparisonOutput } from './show-comparison.js';

/** What is about to be measured. */
interface Intention {
  project: Project;
  selections: readonly Selection[];
  settings: PlanSettings;
  flags: ComparisonFlags & StoreFlags & { acrossMachines?: boolean; settle?: boolean; json?: boolean };
}

/** A baseline that what is measured is compared with. */
export interface Against {
  /** Iterations whose instructions it has counted, by case. */
  counted: CountedIterations;
  /** What has been measured so far, against it. */
  compare(record: RunRecord): RunComparison;
  /** Prints the comparison of the finished run, whose profiles are in its folder; returns it and its exit code. */
  show(record: RunRecord, folder: string): { comparison: RunComparison; exitCode: number };
}

/**
 * Finds the baseline before anything is measured.
 *
 * @throws UsageError where there is no such baseline, or where it says nothing of what is about to be measured
 */
export async function againstBaseline(name: string, intention: Intention): Promise<Against> {
  const { project, selections, settings, flags } = intention;
  const found = await findStoredRun(project.root, name, { action: 'Cannot compare with', ...flags });
  const base = found.record;
  const options = {
    ...DEFAULT_COMPARE_OPTIONS,
    ...readComparisonOptions(flags),
    settling: flags.settle ?? false,
    noiseFloors: await readNoiseFloors(project.root, [base], flags),
  };
  if (!flags.acrossMachines)
    refuseDifferences(
      name,
      'this run',
      findDifferences(base, { environment: environmentOf(project, selections), settings }),
    );
  const show = comparisonOutput({});
  const compare = (record: RunRecord) => compareRuns(base, record, options);
  const counted = base.summaries.flatMap(({ caseId, instructions }) => {
    const iterations = instructions?.iterations[0];
    return iterations === undefined ? [] : [[caseId, iterations] as const];
  });
  return {
    counted: new Map(counted),
    compare,
    show(record, folder) {
      const runs = { base: found, head: { record, folder } };
      const comparison = explainRuns(compare(record), runs, join(folder, 'explanations'));
      // With --json the run itself stands on standard output; "forgebench compare --json" gives the comparison.
      if (!flags.json) show(comparison, options.tolerance);
      return { comparison, exitCode: exitCodeOfComparison(comparison, options.tolerance) };
    },
  };
}
