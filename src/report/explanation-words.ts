// Why a case became slower, in words that every format uses.
import type { RunComparison } from '../compare/index.js';
import type { Explanation, GrownFrame } from '../explain/index.js';
import { formatNs, formatPercent } from '../units/index.js';
import { counterText, formatChange, formatInstructions, instructionsByCase } from './comparison-words.js';
import { plainText } from './plain-text.js';

/** One explanation as text; nothing in it is markup. */
export interface ExplanationWords {
  caseId: string;
  /** What was looked at. */
  summary: string;
  /** A line for each function that grew, by what it grew at least, the most first. */
  frames: string[];
  notes: string[];
  /** The differential flame graph. */
  page: string | undefined;
}

/** The explanations of a comparison. */
export function explanationWords(comparison: RunComparison): ExplanationWords[] {
  return (comparison.explanations ?? []).map((each) => ({
    caseId: plainText(each.caseId),
    summary: plainText(summary(each, comparison)),
    frames: each.frames.map((frame) => plainText(frameText(frame, each))),
    notes: notes(each, comparison).map(plainText),
    page: each.page,
  }));
}

function summary({ caseId, failure, launches, samples, operation }: Explanation, { cases }: RunComparison): string {
  const change = cases.find(({ id }) => id === caseId);
  const slower = change === undefined ? '' : `${formatChange(change.ratio)}; `;
  if (failure !== undefined) return `${slower}not explained: ${failure}`;
  const [base, head] = [formatNs(operation.base), formatNs(operation.head)];
  return `${slower}processor time of an operation ${base} → ${head} in ${launches.base} and ${launches.head} profiled launches (${samples.base} and ${samples.head} samples)`;
}

/** What a function grew by, and where it is. */
export function frameText(frame: GrownFrame, { operation }: Explanation): string {
  const { growth, name, renamedFrom, isNew, through, callers, file, line } = frame;
  const added = operation.head - operation.base;
  const share = added > 0 ? `, ${formatPercent(growth.value / added)} of what was added` : '';
  const inside = through.filter((leaf) => leaf.name !== name).map((leaf) => leaf.name);
  return [
    `+${formatNs(growth.value)} (${formatNs(growth.low)} … ${formatNs(growth.high)})${share}: ${name}`,
    ...(renamedFrom === undefined ? [] : [`renamed from ${renamedFrom}`]),
    ...(isNew ? ['not seen in base'] : []),
    ...(inside.length > 0 ? [`through ${inside.join(', ')}`] : []),
    ...(callers.length > 0 ? [`called by ${callers.join(' ← ')}`] : []),
    ...(file === undefined ? [] : [line === undefined ? file : `${file}:${line}`]),
  ].join('; ');
}

function notes({ caseId, failure, frames, resampled }: Explanation, comparison: RunComparison): string[] {
  const counters = comparison.counters.filter((each) => each.caseId === caseId).map(counterText);
  const counted = instructionsByCase(comparison).get(caseId);
  const differences = comparison.differences.map(({ what, base, head }) => `${what} (${base} against ${head})`);
  return [
    ...(failure === undefined && frames.length === 0 ? ['No function grew by more than chance explains.'] : []),
    ...counters,
    ...(counted === undefined ? [] : [`${formatInstructions(counted)} instructions`]),
    ...(differences.length > 0 ? [`The environments differ in ${differences.join(', ')}.`] : []),
    ...(failure === undefined && resampled === 'samples'
      ? ['One profiled launch of each side: intervals come from its samples and do not know how launches differ.']
      : []),
  ];
}
