// Whether a version between two others has the change between them.
import { type CaseVerdict, DEVIATIONS } from './verdict.js';

/** What a comparison tells of the factor between two versions. */
export type MeasuredRatio = Pick<CaseVerdict, 'ratio' | 'low' | 'high' | 'launches'>;

/** No comparison is believed more than this: layout of memory and code can move a case in a way that no interval shows. */
const MOST_SURE = 0.98;
/** A comparison has launches enough where its deviation is this part of the change; then half of it is two deviations. */
const ENOUGH = 1 / 4;
const FEWEST_LAUNCHES = 5;
const MOST_LAUNCHES = 50;

/**
 * How likely a version has a change, from its comparison with the version before the change: the likelihood of the measured
 * ratio where it is that of the change, against the likelihood where it is 1. Errors of the logarithm are taken to follow
 * Student's t with one degree of freedom less than there are launches; that of the change has its own error on top. A change
 * in several steps counts as made where about half of it is, on the scale of logarithms.
 *
 * @param measured the version beside the one before the change
 * @param change the version after the change beside the one before it
 * @returns from 0.02 to 0.98; exactly 0 where nothing was launched because the code is that before the change
 * @example
 * const launches = { base: 5, head: 5 };
 * chanceOfChange({ ratio: 1.9, low: 1.8, high: 2, launches }, { ratio: 2, low: 1.9, high: 2.1, launches }); // 0.98
 */
export function chanceOfChange(measured: MeasuredRatio, change: MeasuredRatio): number {
  const count = launchesOf(measured);
  if (count === 0) return 0;
  const own = deviationOf(measured);
  const evidence =
    logDensity(Math.log(measured.ratio / change.ratio), Math.hypot(own, deviationOf(change)), count - 1) -
    logDensity(Math.log(measured.ratio), own, count - 1);
  const most = Math.log(MOST_SURE / (1 - MOST_SURE));
  return 1 / (1 + Math.exp(-Math.max(-most, Math.min(most, evidence))));
}

/**
 * Launches of a comparison from which it can be read whether a version has a change: as many as make its deviation a quarter
 * of the change, judged by how much launches scattered when the change itself was measured. From 5 to 50.
 *
 * @param change the version after the change beside the one before it
 */
export function launchesToTell(change: MeasuredRatio): number {
  const scatter = deviationOf(change) * Math.sqrt(launchesOf(change));
  const needed = (scatter / (ENOUGH * Math.abs(Math.log(change.ratio)))) ** 2;
  return Math.min(MOST_LAUNCHES, Math.max(FEWEST_LAUNCHES, Math.ceil(needed)));
}

function launchesOf({ launches }: MeasuredRatio): number {
  return Math.min(launches.base, launches.head);
}

/** Of the logarithm of the ratio. Launches that are all alike have no interval, and are no surer for it than a clock is. */
function deviationOf({ low, high }: MeasuredRatio): number {
  return Math.max(Math.log(high / low) / (2 * DEVIATIONS), 1e-4);
}

/** The logarithm of Student's density, less what depends on the degrees of freedom alone. */
function logDensity(error: number, deviation: number, freedom: number): number {
  const degrees = Math.max(1, freedom);
  return -Math.log(deviation) - ((degrees + 1) / 2) * Math.log1p((error / deviation) ** 2 / degrees);
}
