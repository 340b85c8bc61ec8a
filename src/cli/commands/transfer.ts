// `forgebench export` and `import`: runs, decisions and alerts as lines of JSON, and results of other tools.

import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fromJson, plainText } from '../../report/index.js';
import {
  checkRunVersion,
  type ImportedFile,
  importFile,
  listRuns,
  readRunFolder,
  STORED_VERSION,
  type Store,
  type StoredRun,
} from '../../store/index.js';
import { counted } from '../../units/index.js';
import { EXIT } from '../exit-code.js';
import { type FoundRun, findRun } from '../find-run.js';
import { checkWritable } from '../output.js';
import { type StoreFlags, storeLocation, storeRun, withFilledStore, withStore } from '../project-store.js';
import { UsageError } from '../usage-error.js';

/** Flags of both verbs. */
export interface TransferFlags extends StoreFlags {
  json?: boolean;
}

/** Writes all stored runs, decisions and alerts, one a line, but not what was removed; returns the exit code. */
export async function exportRuns(file: string | undefined, flags: TransferFlags): Promise<number> {
  const path = file === undefined ? undefined : resolve(file);
  if (path !== undefined) checkWritable(path);
  const count = await withFilledStore(process.cwd(), flags, (store) =>
    path === undefined ? writeRuns(store, (line) => process.stdout.write(line)) : writeFile(store, path),
  );
  if (path !== undefined)
    process.stdout.write(
      flags.json ? `${JSON.stringify({ file: path, runs: count })}\n` : `Exported ${counted(count, 'run')}\n`,
    );
  return count === 0 ? EXIT.nothing : EXIT.well;
}

/** Whole or not at all: an export that was cut off would be taken for all that there is. */
async function writeFile(store: Store, path: string): Promise<number> {
  const part = `${path}.${process.pid}.part`;
  const out = openSync(part, 'w');
  try {
    const count = await writeRuns(store, (line) => writeSync(out, line));
    renameSync(part, path);
    return count;
  } finally {
    closeSync(out);
    rmSync(part, { force: true });
  }
}

async function writeRuns(store: Store, write: (line: string) => unknown): Promise<number> {
  let count = 0;
  for (const { id } of await store.list()) {
    const run = await store.read(id);
    if (run === undefined) continue; // One that was removed since the list was read.
    write(`${JSON.stringify(run)}\n`);
    count += 1;
  }
  for (const triage of await store.triages()) write(`${JSON.stringify({ version: STORED_VERSION, triage })}\n`);
  for (const alert of await store.alerts()) write(`${JSON.stringify({ version: STORED_VERSION, alert })}\n`);
  return count;
}

/** Reads files and folders into the store; returns the exit code. */
export async function importRuns(paths: string[], flags: TransferFlags): Promise<number> {
  const root = process.cwd();
  // All of them are read before anything is stored, so that a mistake in the last one leaves nothing half done.
  const saves = paths.flatMap((path) => readSource(root, resolve(root, path)));
  const imported = await withStore(await storeLocation(root, flags), async (store) => {
    const done = new Map<string, Imported>();
    for (const save of saves) {
      const run = await save(store);
      if (run) done.set(run.id, run); // Several files may hold the same run.
    }
    return [...done.values()];
  });
  const lines = imported.map(({ id, origin, cases }) => `  ${id}  ${origin}, ${counted(cases, 'case')}`);
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(imported, null, 2)}\n`
      : `${[`Imported ${counted(imported.length, 'run')}`, ...lines].join('\n')}\n`,
  );
  return imported.length === 0 ? EXIT.nothing : EXIT.well;
}

interface Imported {
  id: string;
  origin: string;
  cases: number;
}

/** Saves a run, or what was decided about changes. */
type Save = (store: Store) => Promise<Imported | undefined>;

function readSource(root: string, path: string): Save[] {
  if (!existsSync(path)) throw new UsageError(`Cannot import "${path}": it does not exist; check the path`);
  const folders = runFolders(path);
  if (folders.length > 0)
    return folders.map((folder) =>
      saveFound(findRun(root, folder, 'Cannot import'), readRunFolder(folder).journal.records),
    );
  if (isRunFile(path)) return [saveFound(findRun(root, path, 'Cannot import'), [])];
  const file = importFile(path);
  for (const each of file.leftOut) process.stderr.write(`${plainText(`Left out of "${path}": ${each}`)}\n`);
  return [...file.runs.map((run) => saveStored(checkRecord(run, path))), saveDecisions(file)];
}

/** A run's folder, or all that stand in a folder. */
function runFolders(path: string): string[] {
  if (!statSync(path).isDirectory()) return [];
  if (existsSync(join(path, 'plan.json'))) return [path];
  return listRuns(path).map((id) => join(path, id));
}

/** A run.json, which has summaries where an export has cases. */
function isRunFile(path: string): boolean {
  if (statSync(path).isDirectory()) return false;
  try {
    return 'summaries' in (JSON.parse(readFileSync(path, 'utf8')) as object);
  } catch {
    return false;
  }
}

function saveFound({ record, folder }: FoundRun, records: Parameters<typeof storeRun>[1]['records']): Save {
  return async (store) => {
    await storeRun(store, { record, records, folder });
    return { id: record.id, origin: 'forgebench', cases: record.summaries.length };
  };
}

function saveDecisions({ triages, alerts }: ImportedFile): Save {
  return async (store) => {
    for (const triage of triages) await store.saveTriage(triage);
    for (const alert of alerts) await store.saveAlert(alert);
    return undefined;
  };
}

function saveStored(run: StoredRun): Save {
  return async (store) => {
    await store.save(run);
    return { id: run.id, origin: run.origin, cases: run.cases.length };
  };
}

/** The record within an exported run is one of ours, or there is none. */
function checkRecord(run: StoredRun, path: string): StoredRun {
  if (run.record === null || run.record === undefined) return { ...run, record: null };
  checkRunVersion((run.record as { version?: unknown }).version, `${path}: ${run.id}`);
  try {
    fromJson(JSON.stringify(run.record));
  } catch (error) {
    throw new UsageError(`Cannot import "${path}": run "${run.id}": ${(error as Error).message}`);
  }
  return run;
}
