// Words of a comparison that every format uses.
import type { CounterChange, InstructionChange, LaunchComparison, RunComparison, Verdict } from '../compare/index.js';
import { counted, formatCount, formatMoment, formatNs, formatPercent, MISSING } from '../units/index.js';
import { plainText } from './plain-text.js';

type Case = LaunchComparison['cases'][number];

const SIDES = ['base', 'head'] as const;
const ORDER: readonly Verdict[] = ['slower', 'faster', 'unclear', 'same'];

/** Cases in the order of their interest: slower ones first, the largest change first. */
export function inOrderOfInterest(cases: readonly Case[]): Case[] {
  const size = ({ ratio }: Case) => Math.abs(Math.log(ratio));
  return [...cases].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || size(b) - size(a));
}

/** How many cases have each verdict: `1 slower, 0 faster, 2 unclear, 40 same`. */
export function countVerdicts(cases: readonly Case[]): string {
  return ORDER.map((verdict) => `${cases.filter((each) => each.verdict === verdict).length} ${verdict}`).join(', ');
}

/** The change of a ratio: `+12 %`; what rose from nothing has none. */
export function formatChange(ratio: number): string {
  if (!Number.isFinite(ratio)) return 'from 0';
  const change = ratio - 1;
  const text = formatPercent(Math.abs(change));
  return text === '0 %' ? '±0 %' : `${change < 0 ? '−' : '+'}${text}`;
}

/** The interval of a change: `+10 % … +14 %`. */
export function formatChangeInterval({ low, high }: Case): string {
  return `${formatChange(low)} … ${formatChange(high)}`;
}

/** What two runs of the same code lay apart so far: `±2.1 %`. */
export function formatNoiseFloor({ noiseFloor }: Case): string {
  return noiseFloor === null ? '–' : `±${formatPercent(noiseFloor)}`;
}

/** Whether anything is known of the noise of these cases. */
export function hasNoiseFloor(cases: readonly Case[]): boolean {
  return cases.some(({ noiseFloor }) => noiseFloor !== null);
}

/** Base and head in nanoseconds: `1.2 µs → 1.4 µs`. */
export function formatTypical({ typical }: Case): string {
  if (typical === null) return MISSING;
  return `${formatNs(typical.base)} → ${formatNs(typical.head)}`;
}

/** A rate of false discoveries: no more digits than it deserves. */
export function formatRateOfFalseCalls(qValue: number): string {
  return qValue < 0.001 ? '<0.001' : qValue.toFixed(3);
}

/** How many launches would settle what is unclear; nothing where all is clear. */
export function settleText(cases: readonly Case[]): string {
  const unclear = cases.filter(({ verdict, moreLaunches }) => verdict === 'unclear' && moreLaunches > 0);
  if (unclear.length === 0) return '';
  const launches = unclear.reduce((sum, { moreLaunches }) => sum + moreLaunches, 0);
  const [subject, them] = unclear.length === 1 ? ['1 unclear case', 'it'] : [`${unclear.length} unclear cases`, 'them'];
  return `${subject}: about ${launches} more launches of each side would settle ${them}.`;
}

/** Both sides in a line each. */
export function sideTexts({ base, head }: RunComparison): [string, string] {
  const text = ({ id, version, startedAt, commit }: RunComparison['base']) =>
    plainText(
      [...(version ? [version] : []), id, formatMoment(startedAt), ...(commit ? [`commit ${commit}`] : [])].join(' · '),
    );
  return [text(base), text(head)];
}

/** Versions of subjects that differ between both sides: `moduforge-model 0.6.0 → 0.7.0`. */
function subjectChanges({ base, head }: RunComparison): string[] {
  const names = [...new Set([...Object.keys(base.subjects), ...Object.keys(head.subjects)])];
  return names
    .filter((name) => base.subjects[name] !== head.subjects[name])
    .map((name) => plainText(`${name} ${base.subjects[name] ?? 'none'} → ${head.subjects[name] ?? 'none'}`));
}

/** A counter that changed: `model/a: allocations 12 → 14 (+17 %)`. */
export function counterText({ caseId, counter, base, head }: CounterChange): string {
  const change = base === 0 ? '' : ` (${formatChange(head / base)})`;
  return plainText(`${caseId}: ${counter} ${formatCount(base)} → ${formatCount(head)} per operation${change}`);
}

/** Cases worth a line of their own: by time or by instructions they are not the same. */
export function isOfInterest({ id, verdict }: Case, instructions: ReadonlyMap<string, InstructionChange>): boolean {
  const counted = instructions.get(id)?.verdict;
  return verdict !== 'same' || counted === 'slower' || counted === 'faster';
}

/** Changes of instructions by case; empty where a side has counted none. */
export function instructionsByCase(comparison: LaunchComparison): ReadonlyMap<string, InstructionChange> {
  const { instructions = [] } = comparison as Partial<RunComparison>;
  return new Map(instructions.map((each) => [each.caseId, each]));
}

/** A change of instructions: `+2.1 %`, more exactly than a clock could tell; a count in doubt has a question mark. */
export function formatInstructions(change: InstructionChange | undefined): string {
  if (change === undefined) return '–';
  const percent = (change.ratio - 1) * 100;
  const text = Math.abs(percent) >= 10 ? formatChange(change.ratio) : preciseChange(percent);
  return change.verdict === 'unclear' ? `${text} ?` : text;
}

function preciseChange(percent: number): string {
  const digits = Math.abs(percent).toFixed(2);
  return digits === '0.00' ? '±0 %' : `${percent < 0 ? '−' : '+'}${digits} %`;
}

/** Verdicts by instructions in a line: `By instructions: 1 slower, 0 faster, 2 unclear, 40 same.` Nothing without counts. */
export function instructionsText({ instructions }: RunComparison): string {
  if (instructions.length === 0) return '';
  const counts = ORDER.map((verdict) => `${instructions.filter((each) => each.verdict === verdict).length} ${verdict}`);
  return `By instructions: ${counts.join(', ')}.`;
}

/** What has to be known of the counts: contradictions, counts in doubt, counts over other numbers of iterations. */
function instructionNotes({ instructions, disagreements }: RunComparison): string[] {
  const unclear = instructions.filter(({ verdict }) => verdict === 'unclear').map(({ caseId }) => caseId);
  const uneven = instructions.flatMap(({ caseId, iterations }) =>
    iterations ? [`${caseId} (${iterations.base} and ${iterations.head})`] : [],
  );
  return [
    ...disagreements.map(({ caseId, text }) => plainText(`${caseId}: ${text}`)),
    ...(unclear.length > 0
      ? [
          plainText(
            `The change of instructions differs from launch to launch and has no verdict: ${unclear.join(', ')}.`,
          ),
        ]
      : []),
    ...(uneven.length > 0
      ? [plainText(`Instructions were counted over different numbers of iterations: ${uneven.join(', ')}.`)]
      : []),
  ];
}

/** What a reader has to know beside the verdicts, a sentence each. */
export function comparisonNotes(comparison: RunComparison): string[] {
  const { differences, onlyIn, withoutTime, machineState, cases } = comparison;
  const unmeasured = cases.filter(({ typical }) => typical === null).length;
  return [
    ...(machineState ? [machineState.text] : []),
    ...instructionNotes(comparison),
    ...differences.map(({ what, base, head }) => plainText(`The runs differ in ${what}: ${base} against ${head}.`)),
    ...subjectChanges(comparison).map((text) => `Under test: ${text}.`),
    ...SIDES.flatMap((side) => troubleOf(comparison, side)),
    ...(unmeasured > 0
      ? [`Not measured, because both versions run the same code: ${counted(unmeasured, 'case')}.`]
      : []),
    ...changedWithoutCode(comparison),
    ...(onlyIn.base.length > 0 ? [`Only in base: ${plainText(onlyIn.base.join(', '))}.`] : []),
    ...(onlyIn.head.length > 0 ? [`Only in head: ${plainText(onlyIn.head.join(', '))}.`] : []),
    ...(withoutTime.length > 0 ? [`Too short to have a ratio: ${plainText(withoutTime.join(', '))}.`] : []),
    ...[settleText(comparison.cases)].filter((text) => text !== ''),
  ];
}

/** A change of time where the code is the same is one of the machine, or of what a hash does not see. */
function changedWithoutCode({ cases, sameCode }: RunComparison): string[] {
  const same = new Set(sameCode);
  const changed = cases.filter(({ id, verdict }) => same.has(id) && (verdict === 'slower' || verdict === 'faster'));
  return changed.length === 0
    ? []
    : [
        `The same code on both sides, so that the machine or a package of JavaScript made the difference: ${plainText(changed.map(({ id }) => id).join(', '))}.`,
      ];
}

/** What of a version could not be measured. */
function troubleOf({ leftOut, failed }: RunComparison, side: (typeof SIDES)[number]): string[] {
  return [
    ...(leftOut?.[side] ?? []).map(({ what, reason }) => plainText(`Left out of ${side}: ${what}: ${reason}`)),
    ...(failed?.[side] ?? []).map(({ caseId, message }) => plainText(`Failed in ${side}: ${caseId}: ${message}`)),
  ];
}
