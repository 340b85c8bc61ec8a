// Which cases were profiled in which of the runs that are kept.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listRuns } from './run-folder.js';

/**
 * The newest run that profiled a case, by the name of the folder that its profiles are in.
 *
 * @param runs folder of runs
 * @returns positions in the sorted list of runs; a name that is missing was never profiled
 */
export function lastProfiled(runs: string): Map<string, number> {
  const positions = new Map<string, number>();
  for (const [position, run] of listRuns(runs).entries()) {
    const folder = join(runs, run, 'profiles');
    for (const name of existsSync(folder) ? readdirSync(folder) : []) positions.set(name, position);
  }
  return positions;
}
