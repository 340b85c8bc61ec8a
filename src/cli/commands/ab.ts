// `forgebench ab`: two versions of the code under test, measured in turn in one run.
import { compareVersions, DEFAULT_COMPARE_OPTIONS, duetRatios } from '../../compare/index.js';
import type { Benchmark } from '../../definition/index.js';
import { type CasePair, isPairTraceable, makePairedPlan, type PlanSettings } from '../../plan/index.js';
import { type RunRecord, type RunVersion, recordOfSide } from '../../store/index.js';
import { type ComparisonFlags, readComparisonOptions } from '../comparison-options.js';
import { exitCodeOfVersions } from '../exit-code.js';
import { explainVersions, type ToExplain } from '../explain-versions.js';
import { abortOnInterrupt } from '../interrupt.js';
import { type Measured, measurePlan } from '../measure-plan.js';
import { codeOf, type OpenedVersion, openVersion } from '../open-version.js';
import { writeVersions } from '../output.js';
import { openProject } from '../project.js';
import { requireValgrind } from '../require-valgrind.js';
import { type MeasuringFlags, makeSettings } from '../settings.js';
import { settle } from '../settle.js';
import { comparisonOutput, type ShowFlags } from '../show-comparison.js';
import { UsageError } from '../usage-error.js';

const FEWEST_LAUNCHES = 5;

/** Flags of `forgebench ab`. */
export interface AbFlags extends MeasuringFlags, ComparisonFlags, ShowFlags {
  base: string;
  head: string;
  build?: string;
  settle?: boolean;
  measureIdentical?: boolean;
  /** True where unclear cases are explained too, false where none is. */
  explain?: boolean;
}

/** Compares two versions; returns the exit code. */
export async function ab(selects: string[], flags: AbFlags): Promise<number> {
  const show = comparisonOutput(flags);
  const options = { ...DEFAULT_COMPARE_OPTIONS, ...readComparisonOptions(flags), settling: flags.settle ?? false };
  const project = await openProject(process.cwd());
  const settings = atLeastFive(makeSettings(flags, project.configuration), flags);
  const instructions = settings.instructionLaunches !== undefined;
  if (instructions) requireValgrind();
  const opened = new Map<string, readonly Benchmark[]>();
  const open = (spec: string) => openVersion(spec, { project, selects, build: flags.build, instructions, opened });
  const base = await open(flags.base);
  const head = flags.head === flags.base ? base : await open(flags.head);
  const pairs = pairUp(base, head);
  refuseNothing(pairs, selects, [base, head]);
  const identical = flags.measureIdentical ? new Set<string>() : findIdentical(pairs, base, head);
  const measurable = pairs.filter(({ head }) => !identical.has(head.each.id));
  if (instructions) sayUncountable(measurable);
  const plan = makePairedPlan(measurable, settings);
  const versions = { base: toRunVersion(base), head: toRunVersion(head), identical: [...identical] };
  const signal = abortOnInterrupt();

  const measured = await measurePlan({ project, selections: head.selections, plan, versions }, signal);
  const recordsOf = (status: 'finished' | 'interrupted') => {
    const results = { records: measured.records, profiles: [], status, finishedAt: new Date() };
    const of = (side: 'base' | 'head') => recordOfSide(measured.file, versions, side, results);
    return { base: of('base'), head: of('head') };
  };
  const compare = (status: 'finished' | 'interrupted') =>
    compareVersions(recordsOf(status), versions, { ...options, duets: duetRatios(measured.records) });
  if (flags.settle) await settle(measured, () => compare('finished'), signal);
  measured.folder.close();

  const explanations =
    flags.explain === false
      ? undefined
      : await explainVersions(
          toExplain(measured, pairs, { comparison: compare('finished'), unclear: flags.explain ?? false }),
          signal,
        );
  const status = signal.aborted ? 'interrupted' : 'finished';
  const records = recordsOf(status);
  const comparison = { ...compare(status), ...(explanations && { explanations }) };
  writeVersions(measured.folder.path, records, comparison);
  show(comparison, options.tolerance);
  sayMissedTargets(records.head);
  return exitCodeOfVersions(records, comparison, options.tolerance);
}

function toExplain(
  { folder, file }: Measured,
  pairs: readonly CasePair[],
  what: Pick<ToExplain, 'comparison' | 'unclear'>,
): ToExplain {
  return { ...what, pairs, folder: folder.path, index: file.plan.requests.length };
}

/** Ranks of fewer launches part by chance too often: of three and three in every tenth case. */
function atLeastFive(settings: PlanSettings, { launches }: AbFlags): PlanSettings {
  return launches === undefined ? { ...settings, launches: Math.max(FEWEST_LAUNCHES, settings.launches) } : settings;
}

function sayUncountable(pairs: readonly CasePair[]): void {
  const others = pairs.filter((pair) => !isPairTraceable(pair)).length;
  if (others > 0)
    process.stderr.write(
      `Counts no instructions of ${others} cases: commands have none that are the case's alone, and the file of an addon has no runner\n`,
    );
}

/** They fail the gate as much as a slower case, and no comparison shows them. */
function sayMissedTargets({ summaries }: RunRecord): void {
  for (const { caseId, targets } of summaries)
    for (const { target, applies, status } of targets)
      if (applies && status === 'missed') process.stderr.write(`Missed by head: ${caseId}: ${target.text}\n`);
}

/** Cases that both versions have. */
function pairUp(base: OpenedVersion, head: OpenedVersion): CasePair[] {
  const sidesOf = ({ selections }: OpenedVersion) =>
    selections.flatMap(({ benchmark, cases }) => cases.map((each) => ({ benchmark, each })));
  const old = new Map(sidesOf(base).map((side) => [side.each.id, side]));
  return sidesOf(head).flatMap((side) => {
    const its = old.get(side.each.id);
    return its === undefined ? [] : [{ base: its, head: side }];
  });
}

function findIdentical(pairs: readonly CasePair[], base: OpenedVersion, head: OpenedVersion): Set<string> {
  const digests = new Map<string, string>();
  const same = pairs.filter(
    (pair) => codeOf(pair.base.benchmark, base, digests) === codeOf(pair.head.benchmark, head, digests),
  );
  return new Set(same.map(({ head }) => head.each.id));
}

function toRunVersion({ selections, folder: _folder, ...facts }: OpenedVersion): RunVersion {
  return { ...facts, benchmarks: selections.map(({ benchmark, cases }): Benchmark => ({ ...benchmark, cases })) };
}

/** @throws UsageError that says of each version what it has */
function refuseNothing(
  pairs: readonly CasePair[],
  selects: readonly string[],
  versions: readonly OpenedVersion[],
): void {
  if (pairs.length > 0) return;
  const what = selects.length > 0 ? selects.map((each) => `"${each}"`).join(', ') : 'any case';
  const reasons = versions.flatMap(({ spec, selections, leftOut }) => [
    `  ${spec} has ${selections.flatMap(({ cases }) => cases).length} such cases`,
    ...leftOut.map(({ what, reason }) => `    without ${what}: ${reason}`),
  ]);
  throw new UsageError(
    `Cannot compare ${what}: no case is in both versions; select others, or name versions that have them\n${reasons.join('\n')}`,
  );
}
