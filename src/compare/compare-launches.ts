// All cases of two versions: verdicts, and whether the machine itself changed in between.
import { engine } from '../native/index.js';
import type { DuetRatios } from './duet-ratios.js';
import {
  type CaseVerdict,
  clearances,
  DEFAULT_VERDICT_OPTIONS,
  evenLaunches,
  judgePair,
  type LaunchPair,
  type VerdictOptions,
} from './verdict.js';

/** What is known of two versions beside their launches. */
export interface CompareOptions extends VerdictOptions {
  /** True where launches of both sides were made in turn, so that the machine's state cannot differ between them. */
  interleaved: boolean;
  /** How far two runs of the same code lay apart so far, as a share, by case. */
  noiseFloors?: ReadonlyMap<string, number>;
  /** Where launches of both sides took turns: what each two of them say. */
  duets?: DuetRatios;
}

export const DEFAULT_COMPARE_OPTIONS: CompareOptions = { ...DEFAULT_VERDICT_OPTIONS, interleaved: false };

/** A verdict, and how often one with so small a p-value is chance among all of the comparison. */
export interface ComparedCase extends CaseVerdict {
  /** The p-value adjusted for the rate of false discoveries. */
  qValue: number;
}

/** All cases that both sides have. */
export interface LaunchComparison {
  cases: ComparedCase[];
  /** Where cases moved both ways as they do when a machine changes its state: how many, and what it means. */
  machineState: { slower: number; faster: number; text: string } | null;
}

/** Fewer cases cannot show that a machine changed. */
const FEWEST_CASES = 20;
/** Changes of state move cases by a few percent; a larger slowdown stands. */
const LARGEST_SHIFT = 0.05;

/**
 * Compares all cases of two versions.
 *
 * Sides that were measured one after the other may have met the machine in two states (memory layout, firmware,
 * neighbours). It shows as cases that move both ways at once, by a few percent; then those are called unclear.
 */
export function compareLaunches(
  pairs: readonly LaunchPair[],
  options: CompareOptions = DEFAULT_COMPARE_OPTIONS,
): LaunchComparison {
  const verdicts = pairs.map((pair) => judgePair(pair, options));
  const qValues = engine().falseDiscoveryRates(Float64Array.from(verdicts, ({ pValue }) => pValue));
  const cases = verdicts.map((verdict, index) => ({ ...verdict, qValue: qValues[index] as number }));
  const machineState = options.interleaved ? null : findMachineState(cases);
  return { cases: machineState === null ? cases : cases.map(doubt), machineState };
}

function findMachineState(cases: readonly ComparedCase[]): LaunchComparison['machineState'] {
  const [slower, faster] = (['slower', 'faster'] as const).map(
    (way) => cases.filter((each) => clearances(each)[way] > movedBeyond(each)).length,
  ) as [number, number];
  const [fewer, more] = [Math.min(slower, faster), Math.max(slower, faster)];
  if (cases.length < FEWEST_CASES || more === 0 || more > mostBeside(fewer)) return null;
  return {
    slower,
    faster,
    text: `Of ${cases.length} cases ${slower} moved up and ${faster} down at once: the machine may have been in another state. Changes of less than ${LARGEST_SHIFT * 100} % are called unclear; measure both versions in turn with "forgebench ab" to be sure.`,
  };
}

/** How many may have moved the other way: a few by chance beside many that code moved are no sign of a machine. */
function mostBeside(fewer: number): number {
  return 3 * fewer * (fewer - 1);
}

/** What counts as moved is less than what a verdict needs, because many cases together speak of the machine. */
function movedBeyond({ launches }: ComparedCase): number {
  return 0.003 + 0.01 / evenLaunches(launches);
}

/** A change as small as a machine's state makes is not believed. */
function doubt(each: ComparedCase): ComparedCase {
  const isChange = each.verdict === 'slower' || each.verdict === 'faster';
  if (!isChange || Math.abs(Math.log(each.ratio)) > Math.log1p(LARGEST_SHIFT)) return each;
  return {
    ...each,
    verdict: 'unclear',
    moreLaunches: Math.max(each.moreLaunches, each.launches.head),
    reason: 'the machine seems to have changed its state between both sides',
  };
}
