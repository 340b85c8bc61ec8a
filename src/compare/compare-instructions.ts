// The instructions of two versions of a case: exact enough to see what no clock can, and silent about what waits.
import { estimateOf, type InstructionUse, type Summary } from '../statistics/index.js';
import type { ComparedCase } from './compare-launches.js';
import type { Verdict } from './verdict.js';

/** The instructions of one operation on both sides. */
export interface InstructionChange {
  caseId: string;
  /** `slower` has more instructions, `faster` fewer, `unclear` a change that differs from launch to launch. */
  verdict: Verdict;
  base: number;
  head: number;
  ratio: number;
  /** By how much launches with the same seed disagree about the change, as a share of the base; null where launches are missing. */
  scatter: number | null;
  /** Whether every launch of one side counted more than each of the other. */
  apart: boolean;
  launches: { base: number; head: number };
  /** Iterations that a launch counted on either side, where they are not the same: then what is done once weighs differently. */
  iterations: { base: number; head: number } | null;
}

/** A case of which time and instructions do not say the same. */
export interface Disagreement {
  caseId: string;
  text: string;
}

/** The smallest change of instructions that is told, and how many times its scatter it has to be. */
const LEAST_CHANGE = 0.005;
const TIMES_SCATTER = 3;
/** Changes that lie further apart are no single change. */
const MOST_SCATTER = 0.002;
/** Where counts scatter, the change between launches with one seed must scatter by no more than this share of it. */
const EXPLAINED = 0.1;
/** So many launches of either side are apart by chance in 2 of C(14, 7) = 3,432 comparisons, however they scatter. */
const SURELY_APART = 7;

/** The instructions of all cases that were counted on both sides. */
export function compareInstructions(pairs: readonly { base: Summary; head: Summary }[]): InstructionChange[] {
  return pairs.flatMap(({ base, head }) => {
    const [old, now] = [base.instructions, head.instructions];
    if (old === undefined || now === undefined) return [];
    const [before, after] = [estimateOf(old.perOperation)?.value, estimateOf(now.perOperation)?.value];
    if (before === undefined || after === undefined) return [];
    const ratio = after / before;
    const scatter = scatterOfChange(old, now);
    const apart = areApart(old, now);
    return [
      {
        caseId: base.caseId,
        verdict: verdictOf({ sides: [old, now], ratio, scatter, apart }),
        base: before,
        head: after,
        ratio,
        scatter,
        apart,
        launches: { base: old.launches.length, head: now.launches.length },
        iterations: differentIterations(old, now),
      },
    ];
  });
}

/**
 * Further launches of either side that would tell of unclear cases whether they changed, by id: chance rarely keeps so many
 * apart as the first ones are. Where these overlap already, more would tell nothing.
 */
export function countsToSettle(instructions: readonly InstructionChange[]): Map<string, number> {
  const unclear = instructions.filter(({ verdict, apart, ratio }) => verdict === 'unclear' && apart && isTold(ratio));
  return new Map(
    unclear.flatMap(({ caseId, launches: { head } }) =>
      head < SURELY_APART ? [[caseId, SURELY_APART - head] as const] : [],
    ),
  );
}

/**
 * The n-th launches of both sides had the same seed: where chance decides how much is done, it decided alike for both. What is
 * added to that may be a share of it or the same in each launch, so the one of both counts that launches agree about.
 */
function scatterOfChange({ launches: old }: InstructionUse, { launches: now }: InstructionUse): number | null {
  if (old.length !== now.length || old.length < 2) return null;
  const ratios = old.map((count, launch) => (now[launch] as number) / count);
  const added = old.map((count, launch) => (now[launch] as number) - count);
  const asShare = Math.max(...ratios) / Math.min(...ratios) - 1;
  return Math.min(asShare, (Math.max(...added) - Math.min(...added)) / Math.min(...old));
}

function areApart({ launches: old }: InstructionUse, { launches: now }: InstructionUse): boolean {
  return Math.max(...old) < Math.min(...now) || Math.max(...now) < Math.min(...old);
}

type Counted = Pick<InstructionChange, 'ratio' | 'scatter' | 'apart'> & { sides: readonly InstructionUse[] };

function verdictOf({ sides, ratio, scatter, apart }: Counted): Verdict {
  if (scatter === null) return 'unclear';
  const direction = ratio > 1 ? 'slower' : 'faster';
  if (isBelievable(scatter, sides)) return isTold(ratio, TIMES_SCATTER * scatter) ? direction : 'same';
  const isSurelyApart = apart && sides.every(({ launches }) => launches.length >= SURELY_APART);
  return isSurelyApart && isTold(ratio) ? direction : 'unclear';
}

function isTold(ratio: number, least = LEAST_CHANGE): boolean {
  return Math.abs(Math.log(ratio)) >= Math.log1p(Math.max(LEAST_CHANGE, least));
}

/** A change that launches agree about by chance, though their counts scatter, is not believed. */
function isBelievable(scatter: number, sides: readonly InstructionUse[]): boolean {
  if (scatter > MOST_SCATTER) return false;
  return sides.every(({ deterministic, scatter: own }) => deterministic || scatter <= EXPLAINED * (own ?? 0));
}

function differentIterations({ iterations: old }: InstructionUse, { iterations: now }: InstructionUse) {
  const [base = 0, head = 0] = [Math.max(...old), Math.max(...now)];
  return base === head ? null : { base, head };
}

/**
 * Cases whose time and instructions contradict each other: the ratio of instructions lies outside of the interval of
 * time, and only one of both changed, or both changed in opposite ways.
 *
 * @param minEffect changes of instructions up to this share are none that a clock should show
 */
export function findDisagreements(
  cases: readonly ComparedCase[],
  instructions: readonly InstructionChange[],
  minEffect: number,
): Disagreement[] {
  const byCase = new Map(instructions.map((each) => [each.caseId, each]));
  return cases.flatMap((timed) => {
    const counted = byCase.get(timed.id);
    const why = counted && contradiction(timed, counted, minEffect);
    return why === undefined ? [] : [{ caseId: timed.id, text: why }];
  });
}

function contradiction(
  time: ComparedCase,
  { verdict, ratio }: InstructionChange,
  minEffect: number,
): string | undefined {
  if (time.verdict === 'unclear' || verdict === 'unclear' || time.verdict === verdict) return undefined;
  if (ratio >= time.low && ratio <= time.high) return undefined;
  const isSmall = Math.abs(Math.log(ratio)) <= Math.log1p(minEffect);
  if (verdict === 'same')
    return `time is ${time.verdict} and instructions are the same: the work did not change, but what it waits for, such as memory, caches, the layout of code, locks or storage.`;
  if (isSmall) return undefined;
  const more = verdict === 'slower' ? 'more' : 'fewer';
  return time.verdict === 'same'
    ? `there are ${more} instructions and time is the same: the case waits for something else, or the processor runs them beside others.`
    : `there are ${more} instructions and time is ${time.verdict}: time is what counts; look at memory, caches and vector instructions.`;
}
