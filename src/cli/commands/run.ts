// `forgebench run`: plan, measure, summarise, store, report.
import { relative, resolve } from 'node:path';
import { representative, type Selection, selectCases, selectMemoryCases, takeShard } from '../../definition/index.js';
import { makePlan, type PlanSettings } from '../../plan/index.js';
import type { EngineChoice } from '../../run/index.js';
import { checkBaselineName, makeRunRecord, type RunRecord, writeRunFile } from '../../store/index.js';
import { againstBaseline } from '../against-baseline.js';
import type { ComparisonFlags } from '../comparison-options.js';
import { parseEngines } from '../engines.js';
import { EXIT, exitCodeOfRun } from '../exit-code.js';
import { abortOnInterrupt } from '../interrupt.js';
import { keepAsBaseline } from '../keep-as-baseline.js';
import { type Measured, measurePlan } from '../measure-plan.js';
import { openReport } from '../open-report.js';
import { checkOutput, printRun, writeReports } from '../output.js';
import { longestUnseenFirst, profileSelections, QUICK_SECONDS } from '../profile-selections.js';
import { openProject, type Project } from '../project.js';
import { type StoreFlags, storeLocation } from '../project-store.js';
import { readShard } from '../read-shard.js';
import { recordRun } from '../record-run.js';
import { requireValgrind } from '../require-valgrind.js';
import { type MeasuringFlags, makeSettings, milliseconds } from '../settings.js';
import { settle } from '../settle.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench run`. */
export interface RunFlags extends MeasuringFlags, ComparisonFlags, StoreFlags {
  saveBaseline?: string;
  baseline?: string;
  settle?: boolean;
  acrossMachines?: boolean;
  profile?: boolean;
  with?: string;
  output?: string;
  open?: boolean;
  gate?: boolean;
  shard?: string;
  oneCase?: boolean;
  profileBudget?: string;
}

/** Runs the selected cases; returns the exit code. */
export async function run(selects: string[], flags: RunFlags): Promise<number> {
  const { engines, budgetMs } = readProfiling(flags);
  if (flags.saveBaseline !== undefined) checkBaselineName(flags.saveBaseline);
  const output = flags.output === undefined ? undefined : checkOutput(resolve(flags.output));
  const project = await openProject(process.cwd());

  const selections = chooseCases(project, selects, flags);
  const plan = makePlan(selections, possibleSettings(flags, project));
  const intention = { project, selections, settings: plan.settings, flags };
  const against = flags.baseline === undefined ? undefined : await againstBaseline(flags.baseline, intention);
  const location = await storeLocation(project.root, flags);
  const signal = abortOnInterrupt();

  const measured = await measurePlan({ project, selections, plan, counted: against?.counted }, signal);
  const { folder, records } = measured;
  if (flags.settle && against) await settle(measured, () => against.compare(recordSoFar(measured)), signal);
  const profiles = await profileSelections(
    {
      // A budget may leave some out, which the next run begins with.
      selections: budgetMs === undefined ? selections : longestUnseenFirst(selections, project.runs),
      engines,
      seconds: QUICK_SECONDS,
      folder: folder.path,
      index: measured.file.plan.requests.length,
      budgetMs,
    },
    signal,
  );
  folder.close();

  const status = signal.aborted ? 'interrupted' : 'finished';
  const record = makeRunRecord(measured.file, { records, profiles, status, finishedAt: new Date() });
  const html = writeReports(folder.path, record);
  sayWhatWasLeftOut(profiles.length, selections.length, signal);
  printRun(record, { json: flags.json ?? false, folder: folder.path });
  if (output !== undefined) writeRunFile(output.path, output.render(record, folder.path));
  const baseline = signal.aborted ? undefined : flags.saveBaseline;
  if (baseline !== undefined) keepAsBaseline(project.root, baseline, { record, folder: folder.path });
  else if (flags.saveBaseline !== undefined)
    process.stderr.write(`Baseline "${flags.saveBaseline}" stays as it was, because this run was interrupted\n`);
  // A report at the terminal ends with the path already.
  if (flags.json || !process.stdout.isTTY) process.stderr.write(`Report: ${relative(process.cwd(), html)}\n`);
  if (flags.open) openReport(html);
  const compared = against?.show(record, folder.path);
  const kept = { record, records, folder: folder.path, baseline, comparison: compared?.comparison };
  const { root, configuration } = project;
  const followed = await recordRun(location, { root, configuration, ...kept });
  const ofRun = exitCodeOfRun(record, { gate: flags.gate ?? against !== undefined });
  return ofRun || (compared?.exitCode ?? EXIT.well) || followed;
}

function readProfiling(flags: RunFlags): { engines: EngineChoice[]; budgetMs: number | undefined } {
  refuseLoneFlags(flags);
  const engines = flags.profile ? parseEngines(flags.with) : [];
  const budgetMs =
    flags.profileBudget === undefined ? undefined : milliseconds('--profile-budget', flags.profileBudget);
  return { engines, budgetMs };
}

/** Flags that say nothing without another one. */
function refuseLoneFlags({ with: engines, profile, profileBudget, settle: settles, baseline }: RunFlags): void {
  if (engines !== undefined && !profile) throw new UsageError('Cannot use --with alone: add --profile');
  if (profileBudget !== undefined && !profile) throw new UsageError('Cannot use --profile-budget alone: add --profile');
  if (settles && baseline === undefined)
    throw new UsageError('Cannot use --settle alone: add --baseline, which says what a case may differ from');
}

function recordSoFar({ file, records }: Measured): RunRecord {
  return makeRunRecord(file, { records, profiles: [], status: 'finished', finishedAt: new Date() });
}

/** Settings that this machine can follow. */
function possibleSettings(flags: RunFlags, { configuration }: Project): PlanSettings {
  const settings = makeSettings(flags, configuration);
  if (settings.instructionLaunches !== undefined) requireValgrind();
  return settings;
}

/** What the arguments, or the lack of them, and flags choose. */
function chooseCases({ benchmarks }: Project, selects: string[], { memory, shard, oneCase }: RunFlags): Selection[] {
  const chosen = memory && selects.length === 0 ? selectMemoryCases(benchmarks) : selectCases(benchmarks, selects);
  const selected = inShard(chosen, shard);
  return oneCase ? selected.map(representativeAlone) : selected;
}

function representativeAlone(selection: Selection): Selection {
  return { benchmark: selection.benchmark, cases: [representative(selection)] };
}

function sayWhatWasLeftOut(profiled: number, selected: number, signal: AbortSignal): void {
  if (profiled === 0 || profiled === selected || signal.aborted) return;
  process.stderr.write(
    `Profiled ${profiled} of ${selected} benchmarks, those not profiled for longest; the next run goes on with the others\n`,
  );
}

/** A part without a benchmark would be a run that measured nothing. */
function inShard(selections: Selection[], text: string | undefined): Selection[] {
  if (text === undefined) return selections;
  const part = takeShard(selections, readShard(text));
  if (part.length === 0)
    throw new UsageError(`Cannot use --shard ${text}: there are only ${selections.length} benchmarks to share`);
  return part;
}
