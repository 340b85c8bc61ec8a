// The folder of a run: plan first, then one flushed line for each finished launch; everything else can be made again.
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from '../definition/index.js';
import type { Plan } from '../plan/index.js';
import type { Environment, ProcessIdentity } from '../run/index.js';
import { type Journal, type LaunchRecord, parseJournal, toJournalLine } from '../samples/index.js';
import { RUN_VERSION } from './run-record.js';
import type { RunVersions } from './run-versions.js';
import { StoreError } from './store-error.js';

/** What stands in plan.json: all that a journal needs to be read without the definitions. */
export interface PlanFile {
  version: typeof RUN_VERSION;
  id: string;
  startedAt: string;
  environment: Environment;
  benchmarks: Benchmark[];
  plan: Plan;
  /** Where two versions are measured in turn. */
  versions?: RunVersions;
  /** Who measures, so that others can tell a run under way from one that was killed. */
  writer?: ProcessIdentity;
}

/** A run's folder while the run is under way. */
export interface RunFolder {
  path: string;
  /** Keeps a finished launch; it survives whatever happens after this returns. */
  append(record: LaunchRecord): void;
  /** Writes the plan again, because launches were added to it. */
  replan(file: PlanFile): void;
  close(): void;
}

/**
 * Makes the folder of a new run and writes its plan.
 *
 * @param runs the folder of all runs, `.forgebench/runs`
 * @throws StoreError where the folder cannot be written or belongs to a run already
 */
export function createRunFolder(runs: string, file: PlanFile): RunFolder {
  const path = join(runs, file.id);
  const journal = guard(`Cannot create the run's folder "${path}"`, () => {
    mkdirSync(runs, { recursive: true });
    mkdirSync(path); // Not recursive: two runs must never share a journal.
    try {
      writeRunFile(join(path, 'plan.json'), planText(file));
      return openSync(join(path, 'launches.jsonl'), 'ax');
    } catch (error) {
      rmSync(path, { recursive: true, force: true });
      throw error;
    }
  });
  return {
    path,
    append: (record) =>
      guard(
        `Cannot keep a launch of run "${file.id}"`,
        () => appendWhole(journal, toJournalLine(record)),
        `; "forgebench report ${file.id}" shows those before it`,
      ),
    replan: (extended) => writeRunFile(join(path, 'plan.json'), planText(extended)),
    close: () => closeSync(journal),
  };
}

function planText(file: PlanFile): string {
  return `${JSON.stringify(file)}\n`;
}

/** Appends a line whole or not at all: a full disk may take a part of it, which would hide all lines after it. */
function appendWhole(journal: number, line: string): void {
  const { size } = fstatSync(journal);
  try {
    writeFileSync(journal, line);
    fdatasyncSync(journal);
  } catch (error) {
    ftruncateSync(journal, size);
    throw error;
  }
}

/** Writes a file of a run whole or not at all. */
export function writeRunFile(path: string, content: string): void {
  const part = `${path}.${process.pid}.part`;
  guard(`Cannot write "${path}"`, () => {
    try {
      writeFileSync(part, content, { flush: true });
      renameSync(part, path);
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
  });
}

/**
 * Reads plan and journal of a run.
 *
 * @throws StoreError where one of them is missing, truncated or from another version
 */
export function readRunFolder(path: string): { file: PlanFile; journal: Journal } {
  const plan = guard(`Cannot read the run "${path}"`, () => readFileSync(join(path, 'plan.json'), 'utf8'));
  const file = parsePlan(plan, path);
  const text = existsSync(join(path, 'launches.jsonl')) ? readFileSync(join(path, 'launches.jsonl'), 'utf8') : '';
  try {
    return { file, journal: parseJournal(text) };
  } catch (error) {
    throw new StoreError(`Cannot read the run "${path}": ${(error as Error).message}; the file was changed or damaged`);
  }
}

/** Removes the folder of a run, with its journal and its profiles; returns whether there was one. */
export function removeRunFolder(runs: string, id: string): boolean {
  if (!listRuns(runs).includes(id)) return false;
  guard(`Cannot remove the run "${id}"`, () => rmSync(join(runs, id), { recursive: true }));
  return true;
}

/** Ids of all runs, the newest last. */
export function listRuns(runs: string): string[] {
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .filter((id) => existsSync(join(runs, id, 'plan.json')))
    .sort();
}

/** The plan in plan.json; refuses one that is cut off or from another version. */
export function parsePlan(text: string, path: string): PlanFile {
  const file = parse(text, join(path, 'plan.json')) as PlanFile;
  checkRunVersion(file?.version, path);
  return file;
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new StoreError(
      `Cannot read "${path}": the file is truncated or no JSON; remove the folder, or name another run`,
    );
  }
}

/**
 * Refuses a run that another version has written, before its fields are looked at.
 *
 * @throws StoreError where `version` is not the one that this program reads
 */
export function checkRunVersion(version: unknown, path: string): void {
  if (version === RUN_VERSION) return;
  const its = typeof version === 'number' ? `its version is ${version}` : 'it has no version';
  const remedy =
    typeof version === 'number' && version > RUN_VERSION ? 'update forgebench' : 'use the forgebench that wrote it';
  throw new StoreError(`Cannot read "${path}": ${its}, this forgebench reads version ${RUN_VERSION}; ${remedy}`);
}

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space',
  EDQUOT: 'your quota of the disk is used up; free some space',
  EACCES: 'permission is denied; choose another folder or change its mode',
  EROFS: 'the file system is read-only; choose another folder',
  ENOENT: 'it does not exist; check the path',
  ENOTDIR: 'a part of the path is no folder; check the path',
  EEXIST: 'a file stands where a folder has to be; move it away',
};

function guard<T>(action: string, work: () => T, more = ''): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StoreError(`${action}: ${(code && REMEDIES[code]) ?? message}${more}`);
  }
}
