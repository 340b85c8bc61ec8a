// A run by the name that a user gives: as files, or from the store where its folder is gone or on another machine.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fromJson } from '../report/index.js';
import { checkRunVersion, listBaselines, type RunRecord, type Store, StoreError } from '../store/index.js';
import { type FoundRun, findRun } from './find-run.js';
import { isThere, type StoreFlags, storeLocation, withStore } from './project-store.js';

/**
 * Finds a run by the name of a baseline, id, folder or file, and then in the store.
 *
 * @throws UsageError that names what there is, StoreError where the store cannot be read
 */
export async function findStoredRun(
  root: string,
  name: string,
  options: StoreFlags & { action: string },
): Promise<FoundRun> {
  const kept = join(root, '.forgebench');
  const isFile =
    listBaselines(kept).includes(name) || existsSync(join(kept, 'runs', name)) || existsSync(resolve(root, name));
  if (isFile) return findRun(root, name, options.action);
  const location = await storeLocation(root, options);
  const record = isThere(location) ? await withStore(location, (store) => readRecord(store, name)) : undefined;
  // What is nowhere is refused with the names of what there is.
  return record === undefined ? findRun(root, name, options.action) : { record, folder: join(kept, 'runs', record.id) };
}

async function readRecord(store: Store, name: string): Promise<RunRecord | undefined> {
  const baseline = (await store.baselines()).find((each) => each.name === name);
  const stored = await store.read(baseline?.run ?? name);
  if (stored === undefined) return undefined;
  const { id, origin, record } = stored;
  if (record === null)
    throw new StoreError(
      `Cannot read "${id}" as a run: it was imported from ${origin} and has figures only; "forgebench history" shows them`,
    );
  checkRunVersion((record as { version?: unknown }).version, `${store.place}: ${id}`);
  return fromJson(JSON.stringify(record));
}
