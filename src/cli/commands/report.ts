// `forgebench report`: a run shown again, made from its journal.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type RunRecord, writeRunFile } from '../../store/index.js';
import { newestRun } from '../find-run.js';
import { findStoredRun } from '../find-stored-run.js';
import { checkOutput, printRun, writeReports } from '../output.js';
import type { StoreFlags } from '../project-store.js';

/** Shows a run; returns the exit code. */
export async function report(
  run: string | undefined,
  flags: StoreFlags & { output?: string; json?: boolean },
): Promise<number> {
  const output = flags.output === undefined ? undefined : checkOutput(resolve(flags.output));
  const root = process.cwd();
  const { record, folder } =
    run === undefined
      ? newestRun(root, 'Cannot report')
      : await findStoredRun(root, run, { action: 'Cannot report', ...flags });
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
