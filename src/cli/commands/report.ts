// `forgebench report`: a run shown again, made from its journal.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fromJson } from '../../report/index.js';
import type { LaunchRecord } from '../../samples/index.js';
import { isSettled } from '../../statistics/index.js';
import {
  checkRunVersion,
  listRuns,
  makeRunRecord,
  type PlanFile,
  type RunRecord,
  readRunFolder,
  writeRunFile,
} from '../../store/index.js';
import { checkOutput, printRun, writeReports } from '../output.js';
import { UsageError } from '../usage-error.js';

/** The files of a run's folder that its record is made from. */
const JOURNAL_FILES = ['launches.jsonl', 'plan.json'];

/** Shows a run; returns the exit code. */
export async function report(run: string | undefined, flags: { output?: string; json?: boolean }): Promise<number> {
  const output = flags.output === undefined ? undefined : checkOutput(resolve(flags.output));
  const { record, folder } = readRun(join(process.cwd(), '.forgebench', 'runs'), run);
  if (existsSync(join(folder, 'plan.json')) && !existsSync(join(folder, 'report.html'))) mend(folder, record);
  if (output) writeRunFile(output.path, output.render(record, folder));
  else printRun(record, { json: flags.json ?? false, folder });
  return 0;
}

/** A run that was killed has left a journal alone. Its pages are made now where that is possible. */
function mend(folder: string, record: RunRecord): void {
  try {
    writeReports(folder, record);
  } catch (error) {
    process.stderr.write(`Cannot write the pages of the run: ${(error as Error).message}; its figures follow\n`);
  }
}

/** A run by id, folder or file, and the folder of its profiles; the newest where none is named. */
function readRun(runs: string, name: string | undefined): { record: RunRecord; folder: string } {
  const ids = listRuns(runs);
  const wanted = name ?? ids.at(-1);
  if (wanted === undefined)
    throw new UsageError('Cannot report: there is no run in .forgebench/runs; make one with "forgebench run"');
  const path = ids.includes(wanted) ? join(runs, wanted) : resolve(wanted);
  if (!existsSync(path))
    throw new UsageError(
      `Cannot report "${wanted}": there is no such run, folder or file; the newest run is ${ids.at(-1) ?? 'none'}`,
    );
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
