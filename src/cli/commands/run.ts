// `forgebench run`: plan, measure, summarise, store, report.
import { relative, resolve } from 'node:path';
import { selectCases, selectMemoryCases } from '../../definition/index.js';
import { makePlan } from '../../plan/index.js';
import { makeRunRecord, writeRunFile } from '../../store/index.js';
import { parseEngines } from '../engines.js';
import { exitCodeOfRun } from '../exit-code.js';
import { abortOnInterrupt } from '../interrupt.js';
import { measurePlan } from '../measure-plan.js';
import { openReport } from '../open-report.js';
import { checkOutput, printRun, writeReports } from '../output.js';
import { profileSelections, QUICK_SECONDS } from '../profile-selections.js';
import { openProject } from '../project.js';
import { type MeasuringFlags, makeSettings } from '../settings.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench run`. */
export interface RunFlags extends MeasuringFlags {
  profile?: boolean;
  with?: string;
  output?: string;
  open?: boolean;
  gate?: boolean;
}

/** Runs the selected cases; returns the exit code. */
export async function run(selects: string[], flags: RunFlags): Promise<number> {
  if (flags.with !== undefined && !flags.profile) throw new UsageError('Cannot use --with alone: add --profile');
  const engines = flags.profile ? parseEngines(flags.with) : [];
  const output = flags.output === undefined ? undefined : checkOutput(resolve(flags.output));
  const project = await openProject(process.cwd());
  const selections =
    flags.memory && selects.length === 0
      ? selectMemoryCases(project.benchmarks)
      : selectCases(project.benchmarks, selects);
  const plan = makePlan(selections, makeSettings(flags, project.configuration));
  const signal = abortOnInterrupt();

  const { folder, file, records } = await measurePlan({ project, selections, plan }, signal);
  const profiles = await profileSelections(
    { selections, engines, records, seconds: QUICK_SECONDS, folder: folder.path, index: plan.requests.length },
    signal,
  );
  folder.close();

  const status = signal.aborted ? 'interrupted' : 'finished';
  const record = makeRunRecord(file, { records, profiles, status, finishedAt: new Date() });
  const html = writeReports(folder.path, record);
  printRun(record, { json: flags.json ?? false, folder: folder.path });
  if (output !== undefined) writeRunFile(output.path, output.render(record, folder.path));
  // A report at the terminal ends with the path already.
  if (flags.json || !process.stdout.isTTY) process.stderr.write(`Report: ${relative(process.cwd(), html)}\n`);
  if (flags.open) openReport(html);
  return exitCodeOfRun(record, { gate: flags.gate ?? false });
}
