// A run by the name that a user gives: a baseline, an id, a folder or a file; made again from its journal if need be.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fromJson } from '../report/index.js';
import type { LaunchRecord } from '../samples/index.js';
import { isSettled } from '../statistics/index.js';
import {
  baselineFile,
  checkRunVersion,
  listBaselines,
  listRuns,
  makeRunRecord,
  type PlanFile,
  type RunRecord,
  type RunVersions,
  readRunFolder,
} from '../store/index.js';
import { UsageError } from './usage-error.js';

/** The files of a run's folder that its record is made from. */
const JOURNAL_FILES = ['launches.jsonl', 'plan.json'];

/** A run and the folder of its profiles. */
export interface FoundRun {
  record: RunRecord;
  folder: string;
}

/**
 * Finds a run by the name of a baseline, id, folder or file.
 *
 * @param action what fails where there is none: `Cannot compare`
 * @throws UsageError that names what there is
 */
export function findRun(root: string, name: string, action: string): FoundRun {
  const kept = join(root, '.forgebench');
  const runs = join(kept, 'runs');
  if (listBaselines(kept).includes(name)) {
    const file = baselineFile(kept, name);
    return { record: readRecord(file), folder: dirname(file) };
  }
  const path = listRuns(runs).includes(name) ? join(runs, name) : resolve(root, name);
  if (existsSync(path)) return readPath(path);
  const newest = listRuns(runs).at(-1) ?? 'none';
  const baselines = listBaselines(kept).join(', ') || 'none';
  throw new UsageError(
    `${action} "${name}": there is no such run, baseline, folder or file; the newest run is ${newest}, baselines: ${baselines}`,
  );
}

/**
 * The newest run.
 *
 * @throws UsageError where there is none
 */
export function newestRun(root: string, action: string): FoundRun {
  const runs = join(root, '.forgebench', 'runs');
  const id = listRuns(runs).at(-1);
  if (id === undefined)
    throw new UsageError(`${action}: there is no run in .forgebench/runs; make one with "forgebench run"`);
  return readPath(join(runs, id));
}

/** A run of two versions as its journal has it. */
export interface FoundVersions {
  file: PlanFile;
  versions: RunVersions;
  records: LaunchRecord[];
  folder: string;
}

/**
 * The run of that name, or the newest one, if it measured two versions.
 *
 * @returns nothing where it is another run, or none
 */
export function findVersions(root: string, name: string | undefined): FoundVersions | undefined {
  const runs = join(root, '.forgebench', 'runs');
  const id = name ?? listRuns(runs).at(-1);
  if (id === undefined) return undefined;
  const folder = [join(runs, id), resolve(root, id)].find((each) => existsSync(join(each, 'plan.json')));
  if (folder === undefined || existsSync(join(folder, 'run.json'))) return undefined;
  const { file, journal } = readRunFolder(folder);
  for (const warning of file.versions ? journal.warnings : []) process.stderr.write(`${warning}\n`);
  return file.versions && { file, versions: file.versions, records: journal.records, folder };
}

function readPath(path: string): FoundRun {
  if (statSync(path).isDirectory()) return { record: remake(path), folder: path };
  if (JOURNAL_FILES.includes(basename(path))) return { record: fromJournal(dirname(path)), folder: dirname(path) };
  return { record: readRecord(path), folder: dirname(path) };
}

/** The record as run.json has it, or, where that was not written or was cut off, from the journal. */
function remake(folder: string): RunRecord {
  const written = join(folder, 'run.json');
  if (existsSync(written)) {
    try {
      return readRecord(written);
    } catch (error) {
      if (!(error instanceof UsageError) || !existsSync(join(folder, 'plan.json'))) throw error;
      process.stderr.write(`${error.message}\nIt was made again from the journal, without its profiles.\n`);
    }
  }
  return fromJournal(folder);
}

function fromJournal(folder: string): RunRecord {
  const { file, journal } = readRunFolder(folder);
  if (file.versions)
    throw new UsageError(
      `Cannot use the run "${folder}": it measured two versions; name base.json or head.json in it, or run "forgebench report ${basename(folder)}"`,
    );
  for (const warning of journal.warnings) process.stderr.write(`${warning}\n`);
  const last = journal.records.at(-1);
  const finishedAt = new Date(last ? last.startedAt + last.durationMs : Date.parse(file.startedAt));
  const status = isComplete(file, journal.records) ? 'finished' : 'interrupted';
  return makeRunRecord(file, { records: journal.records, profiles: [], status, finishedAt });
}

/** A launch may be missing where its case was known well enough without it. */
function isComplete({ plan }: PlanFile, records: readonly LaunchRecord[]): boolean {
  const made = new Set(records.map(({ index }) => index));
  return plan.requests.every(
    ({ index, kind, caseId }) =>
      made.has(index) ||
      (kind === 'time' &&
        isSettled(
          records.filter((record) => record.caseId === caseId),
          plan.settings.significance,
        )),
  );
}

/**
 * Reads a file that `run --output FILE.json` or a run's folder has.
 *
 * @throws UsageError where it is cut off or no run, StoreError where another version has written it
 */
function readRecord(path: string): RunRecord {
  const text = readFileSync(path, 'utf8');
  const version = versionOf(text);
  if (version !== undefined) checkRunVersion(version, path);
  try {
    return fromJson(text);
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`);
  }
}

function versionOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { version?: unknown } | null)?.version;
  } catch {
    return undefined; // What is no JSON is refused with its own sentence.
  }
}
