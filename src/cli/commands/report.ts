// `forgebench report`: a run shown again, made from its journal.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fromJson } from '../../report/index.js';
import { listRuns, makeRunRecord, type RunRecord, readRunFolder, writeRunFile } from '../../store/index.js';
import { checkOutput, printRun } from '../output.js';
import { UsageError } from '../usage-error.js';

/** Shows a run; returns the exit code. */
export async function report(run: string | undefined, flags: { output?: string; json?: boolean }): Promise<number> {
  const output = flags.output === undefined ? undefined : checkOutput(resolve(flags.output));
  const { record, folder } = readRun(join(process.cwd(), '.forgebench', 'runs'), run);
  if (output) writeRunFile(output.path, output.render(record, folder));
  else printRun(record, { json: flags.json ?? false });
  return 0;
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
  return { record: readRecord(path), folder: dirname(path) };
}

/** The record as run.json has it, or, where the run was killed before it was written, from the journal. */
function remake(folder: string): RunRecord {
  if (existsSync(join(folder, 'run.json'))) return readRecord(join(folder, 'run.json'));
  const { file, journal } = readRunFolder(folder);
  for (const warning of journal.warnings) process.stderr.write(`${warning}\n`);
  const last = journal.records.at(-1);
  const finishedAt = new Date(last ? last.startedAt + last.durationMs : Date.parse(file.startedAt));
  const status = journal.records.length >= file.plan.requests.length ? 'finished' : 'interrupted';
  return makeRunRecord(file, { records: journal.records, profiles: [], status, finishedAt });
}

function readRecord(path: string): RunRecord {
  try {
    return fromJson(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`);
  }
}
