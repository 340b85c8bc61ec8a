// How a run went, counted.
import type { StoredRun } from '../store/index.js';

/** Launches and promises of a run. */
export interface RunHealth {
  launches: number;
  failed: number;
  targets: Record<'met' | 'missed' | 'unclear', number>;
}

/** Counts launches that failed and targets by their status. */
export function runHealth({ cases }: StoredRun): RunHealth {
  const launches = cases.flatMap((each) => each.launches);
  const targets = { met: 0, missed: 0, unclear: 0 };
  for (const { status } of cases.flatMap((each) => each.targets)) targets[status] += 1;
  return { launches: launches.length, failed: launches.filter(({ failure }) => failure !== null).length, targets };
}
