// `forgebench report`: a run shown again, made from its journal; with --since, what a stretch of time brought.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareVersions, DEFAULT_COMPARE_OPTIONS, duetRatios } from '../../compare/index.js';
import { type RunRecord, recordOfSide, writeRunFile } from '../../store/index.js';
import { EXIT } from '../exit-code.js';
import { readExplanations } from '../explanation-pages.js';
import { type FoundVersions, findVersions, newestRun } from '../find-run.js';
import { findStoredRun } from '../find-stored-run.js';
import { checkOutput, printRun, writeReports, writeVersions } from '../output.js';
import type { StoreFlags } from '../project-store.js';
import { reportPeriod } from '../report-period.js';
import { comparisonOutput, type ShowFlags } from '../show-comparison.js';
import { UsageError } from '../usage-error.js';

/** Shows a run; returns the exit code. */
export async function report(
  run: string | undefined,
  flags: StoreFlags & { output?: string; json?: boolean; since?: string },
): Promise<number> {
  if (flags.since !== undefined) return reportPeriod({ ...flags, since: withoutRun(flags.since, run) });
  const pair = findVersions(process.cwd(), run);
  if (pair) return reportVersions(pair, flags);
  const output = flags.output === undefined ? undefined : checkOutput(resolve(flags.output));
  const root = process.cwd();
  const { record, folder } =
    run === undefined
      ? newestRun(root, 'Cannot report')
      : await findStoredRun(root, run, { action: 'Cannot report', ...flags });
  if (existsSync(join(folder, 'plan.json')) && !existsSync(join(folder, 'report.html'))) mend(folder, record);
  if (output) writeRunFile(output.path, output.render(record, folder));
  else printRun(record, { json: flags.json ?? false, folder });
  return EXIT.well;
}

function withoutRun(since: string, run: string | undefined): string {
  if (run === undefined) return since;
  throw new UsageError(`Cannot report "${run}" since ${since}: name a run, or a time with --since, not both`);
}

/** A run of two versions is a comparison. Which tolerance it was made with is not in its plan. */
function reportVersions({ file, versions, records, folder }: FoundVersions, flags: ShowFlags): number {
  const show = comparisonOutput(flags);
  const made = new Set(records.map(({ index }) => index));
  const status = file.plan.requests.every(({ index }) => made.has(index)) ? 'finished' : 'interrupted';
  const last = records.at(-1);
  const finishedAt = new Date(last ? last.startedAt + last.durationMs : Date.parse(file.startedAt));
  const of = (side: 'base' | 'head') =>
    recordOfSide(file, versions, side, { records, profiles: [], status, finishedAt });
  const sides = { base: of('base'), head: of('head') };
  const explanations = readExplanations(folder);
  const compared = compareVersions(sides, versions, { ...DEFAULT_COMPARE_OPTIONS, duets: duetRatios(records) });
  const comparison = { ...compared, ...(explanations && { explanations }) };
  if (!existsSync(join(folder, 'comparison.json'))) writeVersions(folder, sides, comparison);
  show(comparison, DEFAULT_COMPARE_OPTIONS.tolerance);
  return EXIT.well;
}

/** A run that was killed has left a journal alone. Its pages are made now where that is possible. */
function mend(folder: string, record: RunRecord): void {
  try {
    writeReports(folder, record);
  } catch (error) {
    process.stderr.write(`Cannot write the pages of the run: ${(error as Error).message}; its figures follow\n`);
  }
}
