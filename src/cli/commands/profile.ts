// `forgebench profile`: a deep session without a timed run before it.
import { relative, resolve } from 'node:path';
import { representative, type Selection, selectCases } from '../../definition/index.js';
import { makePlan } from '../../plan/index.js';
import { makeRunRecord } from '../../store/index.js';
import { parseEngines } from '../engines.js';
import { EXIT, exitCodeOfRun } from '../exit-code.js';
import { abortOnInterrupt } from '../interrupt.js';
import { measurePlan } from '../measure-plan.js';
import { checkOutputFolder, writeReports } from '../output.js';
import { parseFormats } from '../profile-file.js';
import { printProfiles, profileSelections, QUICK_SECONDS } from '../profile-selections.js';
import { openProject } from '../project.js';
import { type StoreFlags, storeLocation } from '../project-store.js';
import { recordRun } from '../record-run.js';
import { makeSettings, milliseconds } from '../settings.js';

/** A sampler at 1 kHz sees about this many thousand samples. */
const DEEP_SECONDS = 3;

/** Flags of `forgebench profile`. */
export interface ProfileFlags extends StoreFlags {
  with?: string;
  format?: string;
  timeLimit?: string;
  quick?: boolean;
  output?: string;
  gate?: boolean;
  json?: boolean;
}

/**
 * Profiles the selected cases; where a whole benchmark is selected, the case that it names. Short timed launches before
 * give the record of the run its figures. Returns the exit code: that of a failed benchmark where an engine that was
 * asked for failed, whatever others left.
 */
export async function profile(selects: string[], flags: ProfileFlags): Promise<number> {
  const engines = parseEngines(flags.with);
  const formats = flags.format === undefined ? [] : parseFormats(flags.format);
  const timeLimitMs = flags.timeLimit === undefined ? undefined : milliseconds('--time-limit', flags.timeLimit);
  const output = flags.output === undefined ? undefined : checkOutputFolder(resolve(flags.output));
  const project = await openProject(process.cwd());
  const selections = selectCases(project.benchmarks, selects).map((selection) => oneCase(selection, selects));
  const settings = {
    ...makeSettings({ quick: true, instructions: false }, project.configuration),
    launches: 2,
    memoryLaunches: 0,
  };
  const location = await storeLocation(project.root, flags);
  const signal = abortOnInterrupt();
  const measured = await measurePlan({ project, selections, plan: makePlan(selections, settings) }, signal);
  const { folder, file, records } = measured;
  const profiles = await profileSelections(
    {
      selections: selections.flatMap(caseByCase),
      engines,
      formats,
      timeLimitMs,
      seconds: flags.quick ? QUICK_SECONDS : DEEP_SECONDS,
      folder: folder.path,
      output,
      index: file.plan.requests.length,
    },
    signal,
  );
  folder.close();
  const record = makeRunRecord(file, {
    records,
    profiles,
    status: signal.aborted ? 'interrupted' : 'finished',
    finishedAt: new Date(),
  });
  const html = writeReports(folder.path, record);
  const followed = await recordRun(location, { ...project, record, records, folder: folder.path });
  printProfiles(profiles, { folder: output ?? folder.path, json: flags.json ?? false });
  process.stderr.write(`Report: ${relative(process.cwd(), html)}\n`);
  const nothing = profiles.every(({ engines: each }) => each.every(({ skipped }) => skipped !== undefined));
  const ofProfiles = nothing && !signal.aborted ? EXIT.nothing : exitCodeOfRun(record, { gate: flags.gate ?? false });
  return ofProfiles || followed;
}

/** All of a benchmark's cases were selected by its name or a pattern: its own choice stands for them. */
function oneCase({ benchmark, cases }: Selection, selects: readonly string[]): Selection {
  const named = cases.filter(({ id }) => selects.includes(id));
  if (named.length > 0) return { benchmark, cases: named };
  return { benchmark, cases: [representative({ benchmark, cases })] };
}

/** Each case is profiled where several of one benchmark were named. */
function caseByCase({ benchmark, cases }: Selection): Selection[] {
  return cases.map((each) => ({ benchmark, cases: [each] }));
}
