// Two versions from their names to a comparison: opened, launched in turn, settled, explained.
import {
  type CompareOptions,
  compareVersions,
  duetRatios,
  type RunComparison,
  type Verdict,
} from '../compare/index.js';
import type { Benchmark } from '../definition/index.js';
import { type CasePair, isPairTraceable, makePairedPlan, type PlanSettings } from '../plan/index.js';
import type { Side } from '../samples/index.js';
import { type RunRecord, type RunVersion, recordOfSide } from '../store/index.js';
import { counted } from '../units/index.js';
import { explainVersions, type ToExplain } from './explain-versions.js';
import { type Measured, measurePlan } from './measure-plan.js';
import { codeOf, type OpenedVersion, openVersion } from './open-version.js';
import { writeVersions } from './output.js';
import { openProject, type Project } from './project.js';
import { requireValgrind } from './require-valgrind.js';
import { type MeasuringFlags, makeSettings } from './settings.js';
import { settle, settleCounts } from './settle.js';

const FEWEST_LAUNCHES = 5;

/** Flags of every verb that measures two versions. */
export interface VersionsFlags extends MeasuringFlags {
  build?: string;
  settle?: boolean;
  measureIdentical?: boolean;
  /** True where unclear cases are explained too, false where none is. */
  explain?: boolean;
}

/** What versions are opened and measured with. */
export interface Preparation {
  project: Project;
  settings: PlanSettings;
  flags: VersionsFlags;
  /** Opens a version by its name. */
  open(spec: string): Promise<OpenedVersion>;
}

/** Both versions, and the cases that both of them have. */
export interface OpenedPair extends Record<Side, OpenedVersion> {
  pairs: CasePair[];
}

/** Both sides as runs of their own, and what comparing them says. */
export interface MeasuredVersions {
  records: Record<Side, RunRecord>;
  comparison: RunComparison;
  /** The run's folder. */
  folder: string;
}

/** What counts as a difference, and which differences are explained: those that flags ask for where nobody says. */
export interface ComparingVersions {
  options: Omit<CompareOptions, 'interleaved'>;
  signal: AbortSignal;
  explained?: readonly Verdict[];
}

/** Opens the working folder and reads the settings. */
export async function prepareVersions(selects: readonly string[], flags: VersionsFlags): Promise<Preparation> {
  const project = await openProject(process.cwd());
  const settings = atLeastFive(makeSettings(flags, project.configuration), flags);
  const instructions = settings.instructionLaunches !== undefined;
  if (instructions) requireValgrind();
  const opened = new Map<string, readonly Benchmark[]>();
  const open = (spec: string) => openVersion(spec, { project, selects, build: flags.build, instructions, opened });
  return { project, settings, flags, open };
}

/** Launches both sides in turn; writes and returns what that says. */
export async function measureVersions(
  { project, settings, flags }: Preparation,
  { base, head, pairs }: OpenedPair,
  { options, signal, explained = verdictsToExplain(flags) }: ComparingVersions,
): Promise<MeasuredVersions> {
  const identical = flags.measureIdentical ? new Set<string>() : identicalCases(pairs, base, head);
  const measurable = pairs.filter(({ head }) => !identical.has(head.each.id));
  if (settings.instructionLaunches !== undefined) sayUncountable(measurable);
  const plan = makePairedPlan(measurable, settings);
  const versions = { base: toRunVersion(base), head: toRunVersion(head), identical: [...identical] };

  const measured = await measurePlan({ project, selections: head.selections, plan, versions }, signal);
  const recordsOf = (status: 'finished' | 'interrupted') => {
    const results = { records: measured.records, profiles: [], status, finishedAt: new Date() };
    const of = (side: Side) => recordOfSide(measured.file, versions, side, results);
    return { base: of('base'), head: of('head') };
  };
  const compare = (status: 'finished' | 'interrupted') =>
    compareVersions(recordsOf(status), versions, { ...options, duets: duetRatios(measured.records) });
  if (flags.settle) await settle(measured, () => compare('finished'), signal);
  await settleCounts(measured, () => compare('finished'), signal);
  measured.folder.close();

  const asked = { comparison: compare('finished'), verdicts: explained };
  const explanations = await explainVersions(toExplain(measured, pairs, asked), signal);
  const status = signal.aborted ? 'interrupted' : 'finished';
  const records = recordsOf(status);
  const comparison = { ...compare(status), ...(explanations && { explanations }) };
  writeVersions(measured.folder.path, records, comparison);
  return { records, comparison, folder: measured.folder.path };
}

/** Cases that both versions have. */
export function pairUp(base: OpenedVersion, head: OpenedVersion): CasePair[] {
  const sidesOf = ({ selections }: OpenedVersion) =>
    selections.flatMap(({ benchmark, cases }) => cases.map((each) => ({ benchmark, each })));
  const old = new Map(sidesOf(base).map((side) => [side.each.id, side]));
  return sidesOf(head).flatMap((side) => {
    const its = old.get(side.each.id);
    return its === undefined ? [] : [{ base: its, head: side }];
  });
}

function verdictsToExplain({ explain }: VersionsFlags): readonly Verdict[] {
  if (explain === false) return [];
  return explain ? ['slower', 'unclear'] : ['slower'];
}

function toExplain(
  { folder, file }: Measured,
  pairs: readonly CasePair[],
  what: Pick<ToExplain, 'comparison' | 'verdicts'>,
): ToExplain {
  return { ...what, pairs, folder: folder.path, index: file.plan.requests.length };
}

/** Ranks of fewer launches part by chance too often: of three and three in every tenth case. */
function atLeastFive(settings: PlanSettings, { launches }: MeasuringFlags): PlanSettings {
  return launches === undefined ? { ...settings, launches: Math.max(FEWEST_LAUNCHES, settings.launches) } : settings;
}

function sayUncountable(pairs: readonly CasePair[]): void {
  const others = pairs.filter((pair) => !isPairTraceable(pair)).length;
  if (others > 0)
    process.stderr.write(
      `Counts no instructions of ${counted(others, 'case')}: commands have none that are the case's alone, and the file of an addon has no runner\n`,
    );
}

/** Cases that run the same code in both versions. */
export function identicalCases(pairs: readonly CasePair[], base: OpenedVersion, head: OpenedVersion): Set<string> {
  const digests = new Map<string, string>();
  const same = pairs.filter(
    (pair) => codeOf(pair.base.benchmark, base, digests) === codeOf(pair.head.benchmark, head, digests),
  );
  return new Set(same.map(({ head }) => head.each.id));
}

function toRunVersion({ selections, folder: _folder, ...facts }: OpenedVersion): RunVersion {
  return { ...facts, benchmarks: selections.map(({ benchmark, cases }): Benchmark => ({ ...benchmark, cases })) };
}
