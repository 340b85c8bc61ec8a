// From the launches of two versions of one case to a verdict.
import { engine } from '../native/index.js';
import { median } from '../statistics/index.js';

/** Whether head differs from base, as far as launches tell. */
export type Verdict = 'slower' | 'faster' | 'same' | 'unclear';

/** One case on both sides: one estimate for each launch, in one unit, above zero. */
export interface LaunchPair {
  id: string;
  base: readonly number[];
  head: readonly number[];
  /** Ratios of head to base, one for each two launches that took turns: the verdict is read from them where they are there. */
  duets?: readonly number[] | undefined;
  /** How far two runs of the same code lay apart so far, as a share; a smaller difference is none. */
  noiseFloor?: number | undefined;
}

/** What counts as a difference. */
export interface VerdictOptions {
  /** The smallest change that matters, as a share: 0.01. */
  minEffect: number;
  /** The change that must not be overlooked: an interval that reaches beyond it leaves the case unclear. */
  tolerance: number;
  /** Whether an unclear case will be launched again; then fewer launches than 15, or clear duets than 10, decide only `same`. */
  settling: boolean;
}

export const DEFAULT_VERDICT_OPTIONS: VerdictOptions = { minEffect: 0.01, tolerance: 0.05, settling: false };

/** The factor between both sides, as ratio of head to base, and the verdict. */
export interface CaseVerdict {
  id: string;
  verdict: Verdict;
  /** Median of all ratios of a head launch to a base launch, or of the averages of all two duets. */
  ratio: number;
  /** Interval of {@link INTERVAL_CONFIDENCE} that the verdict was read from. */
  low: number;
  high: number;
  launches: { base: number; head: number };
  /** Median over launches of each side, in the unit of the pair; null where nothing was measured. */
  typical: { base: number; head: number } | null;
  /** Launches of each side that are likely to decide an unclear case, or to confirm one that few launches decided. */
  moreLaunches: number;
  /** How far two runs of the same code lay apart so far, as a share; null where too few are known. */
  noiseFloor: number | null;
  /** Two-sided p-value of the Mann–Whitney test, or of the signed-rank test of duets, beside the verdict. */
  pValue: number;
  /** Why the case is unclear. */
  reason?: string;
}

/** A bound must clear its margin by this share of the interval's half width: cases that are noisy today need more. */
const CLEARANCE = 1 / 3;
/** And by this much of what is wider than on a quiet machine, where chance alone passes the margin. */
const NOISY_CLEARANCE = 1.5;
/** Deviations of the rank statistic between the estimate and the bounds; a normal distribution has 87 % within. */
export const DEVIATIONS = 1.5;
/** The same where a case is settled and called `same`: a change of the tolerance is overlooked in 0.6 % then, and not in 7 %. */
const SURE_DEVIATIONS = 2.5;
/** Ranks so unlikely by chance need no clearance for noise: all launches of 8 a side lie apart, for instance. */
const SURE_P_VALUE = 0.0002;
/** The same of as many duets as a case has at most: nobody looks again, and ranks of many need no guard against few. */
const LAST_SURE_P_VALUE = 0.001;
/** How often the interval of a comparison covers the ratio. */
export const INTERVAL_CONFIDENCE = 0.87;
/** Fewer launches show nothing by their ranks. */
const FEWEST_LAUNCHES = 3;
/** A case is suspected where a bound this narrow lies this far from 1. */
const SUSPICION = { deviations: 0.5, effect: 0.004 };
/** Numbers of launches at which a suspected case is looked at again; the last one decides. */
const SETTLING_STAGES: readonly number[] = [5, 10, 15, 25];
/** A duet has less noise of the machine, so that more of them still tell more. */
const SETTLING_STAGES_OF_DUETS: readonly number[] = [...SETTLING_STAGES, 50];
/** Launches from which a suspected case may be decided, and by how much the margin is wider then. */
const CONFIRMING = { launches: 15, margin: 1.4 };
/** With fewer duets even signs that are all alike are too often chance. */
const OVERWHELMING_DUETS = 10;
/** More than this many launches nobody waits for. */
const MOST_LAUNCHES = 100;

/**
 * Judges one case. `slower` and `faster` need two things: the nearer bound clears the margin, and the estimate lies beyond
 * `minEffect` and the case's own noise floor. The margin is 0.37 % and 0.8 % over the number of launches, and a third of the
 * interval's half width, more where it is wide: a rank test against a margin instead of against zero (METHODOLOGY.md, Verdicts).
 *
 * @example
 * judgePair({ id: 'a', base: [100, 101, 99, 100, 101], head: [110, 111, 109, 110, 111] }).verdict; // 'slower'
 */
export function judgePair(pair: LaunchPair, options: VerdictOptions = DEFAULT_VERDICT_OPTIONS): CaseVerdict {
  const shift = shiftOf(pair, DEVIATIONS);
  const launches = launchesOf(pair);
  const typical = { base: median(pair.base), head: median(pair.head) };
  const pValue = pValueOf(pair);
  const decision = decide(pair, { ...shift, launches, pValue, inTurns: pair.duets !== undefined }, options);
  const noiseFloor = pair.noiseFloor ?? null;
  return {
    id: pair.id,
    ...shift,
    launches,
    typical,
    noiseFloor,
    pValue,
    ...decision,
  };
}

/** Numbers of launches a side, or of duets, at which a case is looked at while it is settled. */
export function settlingStages(inTurns: boolean): readonly number[] {
  return inTurns ? SETTLING_STAGES_OF_DUETS : SETTLING_STAGES;
}

function launchesOf({ base, head, duets }: LaunchPair): CaseVerdict['launches'] {
  return { base: duets?.length ?? base.length, head: duets?.length ?? head.length };
}

/** What both launches of a duet have in common, such as the pace of the machine, is in no ratio of theirs. */
function shiftOf({ base, head, duets }: LaunchPair, deviations: number): Shift {
  if (duets) return engine().pairedShift(Float64Array.from(duets), deviations);
  return engine().ratioShift(Float64Array.from(base), Float64Array.from(head), deviations);
}

function pValueOf({ base, head, duets }: LaunchPair): number {
  if (duets) return engine().signedRank(Float64Array.from(duets, Math.log));
  return engine().mannWhitney(Float64Array.from(base), Float64Array.from(head));
}

type Measured = Shift & Pick<CaseVerdict, 'launches' | 'pValue'> & { inTurns: boolean };

interface Shift {
  ratio: number;
  low: number;
  high: number;
}

/** Both directions, as logarithms that are below 0 where 1 lies within. */
type Clearances = Record<'slower' | 'faster', number>;

/** How far each direction's nearer bound lies from 1, less a third of the half width. */
export function clearances({ low, high }: Pick<Shift, 'low' | 'high'>): Clearances {
  const slack = CLEARANCE * halfWidth({ low, high });
  return { slower: Math.log(low) - slack, faster: -Math.log(high) - slack };
}

/** The same, less what the half width has beyond that of a quiet machine: what a verdict on one case is read from. */
export function sureClearances({
  launches,
  inTurns,
  ...bounds
}: Pick<CaseVerdict, 'low' | 'high' | 'launches'> & { inTurns?: boolean }): Clearances {
  const { slower, faster } = clearances(bounds);
  const slack = NOISY_CLEARANCE * Math.max(0, halfWidth(bounds) - quietHalf(evenLaunches(launches), inTurns));
  return { slower: slower - slack, faster: faster - slack };
}

function halfWidth({ low, high }: Pick<Shift, 'low' | 'high'>): number {
  return Math.log(high / low) / 2;
}

/**
 * Half widths up to here are those of a quiet machine: 4.9 %, 1.6 %, 1 % and 0.7 % of 5, 10, 15 and 25 launches. Duets have
 * less noise, and fewer signs than ranks to judge it by: 0.6 %, 0.4 %, 0.4 %, 0.4 %.
 */
function quietHalf(launches: number, inTurns = false): number {
  return inTurns ? 0.0035 + 0.06 / launches ** 2 : 0.005 + 1.1 / launches ** 2;
}

type Decision = Pick<CaseVerdict, 'verdict' | 'moreLaunches' | 'reason'>;

function decide(pair: LaunchPair, shift: Measured, options: VerdictOptions): Decision {
  const count = evenLaunches(shift.launches);
  const fewest = Math.min(shift.launches.base, shift.launches.head);
  const stages = settlingStages(shift.inTurns);
  if (fewest < FEWEST_LAUNCHES)
    return unclear(
      (stages[0] as number) - fewest,
      `${fewest} launches are too few; at least ${FEWEST_LAUNCHES} are needed`,
    );
  const suspected = isSuspected(pair) && count < (stages.at(-1) as number);
  // A baseline has no more launches to give: there those of the head count.
  const most = Math.max(shift.launches.base, shift.launches.head);
  const mayDecide = !options.settling || most >= CONFIRMING.launches || (shift.inTurns && isOverwhelming(shift, most));
  const least = Math.max(options.minEffect, pair.noiseFloor ?? 0);
  const found = difference(shift, margin(count, options.settling), least);
  const toNextStage = suspected ? (stages.find((stage) => stage > count) ?? count) - fewest : 0;
  const isSettled = options.settling || count >= CONFIRMING.launches;
  if (found && mayDecide) return { verdict: found, moreLaunches: isSettled ? 0 : toNextStage };
  if (suspected) return unclear(toNextStage, 'launches hint at a difference, and are too few to be sure');
  const sure = shift.inTurns && options.settling ? shiftOf(pair, SURE_DEVIATIONS) : shift;
  if (reachesBeyond(sure, options.tolerance))
    return unclear(
      launchesForWidth(fewest, sure, options.tolerance),
      'launches differ so much that a difference beyond the tolerance may hide in it',
    );
  return { verdict: 'same', moreLaunches: 0 };
}

function unclear(moreLaunches: number, reason: string): Decision {
  return { verdict: 'unclear', moreLaunches: Math.max(1, moreLaunches), reason };
}

/** Launches of each side that tell as much as these do: their harmonic mean. */
export function evenLaunches({ base, head }: Record<'base' | 'head', number>): number {
  return (2 * base * head) / (base + head);
}

/** What a clearance must exceed, on a logarithmic scale. */
function margin(launches: number, settling: boolean): number {
  return (0.0037 + 0.008 / launches) * (settling ? CONFIRMING.margin : 1);
}

function difference(shift: Measured, margin: number, leastEffect: number): 'slower' | 'faster' | undefined {
  const isLast = shift.inTurns && evenLaunches(shift.launches) >= (SETTLING_STAGES_OF_DUETS.at(-1) as number);
  const sure = shift.pValue <= (isLast ? LAST_SURE_P_VALUE : SURE_P_VALUE);
  const { slower, faster } = sure ? clearances(shift) : sureClearances(shift);
  const [change, least] = [Math.log(shift.ratio), Math.log1p(leastEffect)];
  if (slower > margin && change > least) return 'slower';
  return faster > margin && change < -least ? 'faster' : undefined;
}

/** Whether so many duets are enough: a whole half width lies between the nearer bound and the margin. */
function isOverwhelming({ low, high }: Shift, duets: number): boolean {
  const beyond = Math.max(Math.log(low), -Math.log(high)) - halfWidth({ low, high });
  return duets >= OVERWHELMING_DUETS && beyond > margin(duets, true);
}

function isSuspected(pair: LaunchPair): boolean {
  const { low, high } = shiftOf(pair, SUSPICION.deviations);
  return Math.log(low) > SUSPICION.effect || Math.log(high) < -SUSPICION.effect;
}

function reachesBeyond({ low, high }: Shift, tolerance: number): boolean {
  return high > 1 + tolerance || low < 1 / (1 + tolerance);
}

/** An interval becomes narrower with the root of the launches. */
function launchesForWidth(launches: number, { ratio, low, high }: Shift, tolerance: number): number {
  const room = Math.log1p(tolerance) - Math.abs(Math.log(ratio));
  const half = Math.max(Math.log(high / ratio), Math.log(ratio / low));
  const needed = room > 0 ? launches * (half / room) ** 2 : MOST_LAUNCHES;
  return Math.ceil(Math.min(MOST_LAUNCHES, needed)) - launches;
}
