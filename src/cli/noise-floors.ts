// What the store knows of the noise of cases, for comparisons.
import { noiseFloor } from '../history/index.js';
import type { RunRecord } from '../store/index.js';
import { isThere, type StoreFlags, storeLocation, withStore } from './project-store.js';

/** Runs that are looked at; older ones say little of the machine as it is. */
const LAST_RUNS = 200;

/**
 * The noise floors of a machine's cases, from earlier runs of the same code. Without a store there are none, and one that
 * cannot be read is said to be so: verdicts need it less than they need an answer.
 *
 * @param compared runs that are about to be compared, which must not be judged by themselves; the first names the machine
 */
export async function readNoiseFloors(
  root: string,
  compared: readonly RunRecord[],
  flags: StoreFlags,
): Promise<ReadonlyMap<string, number>> {
  const location = await storeLocation(root, flags);
  const fingerprint = compared[0]?.environment.fingerprint;
  if (fingerprint === undefined || !isThere(location)) return new Map();
  const ids = new Set(compared.map(({ id }) => id));
  try {
    const series = await withStore(location, (store) => store.series({ metric: 'p50', last: LAST_RUNS, fingerprint }));
    const floors = series.flatMap((each) => {
      const points = each.points.filter(({ run, value }) => value > 0 && !ids.has(run.id));
      const floor = noiseFloor({ ...each, points });
      return floor === null ? [] : [[each.caseId, floor] as const];
    });
    return new Map(floors);
  } catch (error) {
    process.stderr.write(`Warning: ${(error as Error).message}\nCases are compared without their own noise floor.\n`);
    return new Map();
  }
}
