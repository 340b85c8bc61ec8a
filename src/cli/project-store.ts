// The store of the working folder: where it is, and runs that are not in it yet.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toJson } from '../report/index.js';
import type { LaunchRecord } from '../samples/index.js';
import {
  keptProfiles,
  listRuns,
  openStore,
  parseStoreLocation,
  type RunRecord,
  readRunFolder,
  type Store,
  type StoreLocation,
  toStoredRun,
} from '../store/index.js';
import { counted } from '../units/index.js';
import { findRun } from './find-run.js';
import { readConfiguration } from './project.js';

/** Flag of every verb that reads or writes the store. */
export interface StoreFlags {
  store?: string;
}

/** Where the store is: by `--store`, the variable FORGEBENCH_STORE, the configuration, or in `.forgebench`. */
export async function storeLocation(root: string, flags: StoreFlags): Promise<StoreLocation> {
  const said = flags.store ?? process.env.FORGEBENCH_STORE ?? (await readConfiguration(root)).store;
  return parseStoreLocation(said, root);
}

/** Whether there is a store that could be read; opening one would make it. */
export function isThere(location: StoreLocation): boolean {
  return location.kind === 'postgres' || existsSync(location.file);
}

/** Opens the store for as long as `work` takes. */
export async function withStore<T>(location: StoreLocation, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(location);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Opens the store with all finished runs of the working folder in it. */
export async function withFilledStore<T>(
  root: string,
  flags: StoreFlags,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  return withStore(await storeLocation(root, flags), async (store) => {
    await fillStore(store, root);
    return work(store);
  });
}

/** Stores a run with its launches and those of its profiles that are kept. */
export async function storeRun(
  store: Store,
  { record, records, folder }: { record: RunRecord; records: readonly LaunchRecord[]; folder: string },
): Promise<void> {
  const kept = keptProfiles(record, folder);
  const stored = toStoredRun(
    record,
    records,
    kept.map(({ profile }) => profile),
  );
  // As run.json has it: figures that are not finite are missing there.
  await store.save({ ...stored, record: JSON.parse(toJson(record)) });
  for (const { file } of kept) await store.keepProfile(file);
}

/**
 * Stores finished runs of the working folder that the store does not have: from before there was one, or from when it
 * could not be written. What cannot be read is named once and left out.
 */
export async function fillStore(store: Store, root: string): Promise<void> {
  const runs = join(root, '.forgebench', 'runs');
  const stored = new Set((await store.list()).map(({ id }) => id));
  // Without a run.json it may still be under way.
  const missing = listRuns(runs).filter((id) => !stored.has(id) && existsSync(join(runs, id, 'run.json')));
  if (missing.length === 0) return;
  // What was removed on one machine stays away although another one has its folder.
  const removed = new Set((await store.removals()).map(({ run }) => run));
  const failures: string[] = [];
  for (const id of missing.filter((each) => !removed.has(each))) {
    const reason = await storeFolder(store, root, id);
    if (reason !== undefined) failures.push(reason);
  }
  if (failures.length > 0)
    process.stderr.write(`${counted(failures.length, 'run is', 'runs are')} not in the store. ${failures[0]}\n`);
}

/** Why a run could not be read; what fails with the store itself is thrown. */
async function storeFolder(store: Store, root: string, id: string): Promise<string | undefined> {
  let run: Parameters<typeof storeRun>[1];
  try {
    const found = findRun(root, id, 'Cannot store');
    run = { ...found, records: readRunFolder(found.folder).journal.records };
  } catch (error) {
    return (error as Error).message;
  }
  await storeRun(store, run);
  return undefined;
}
