// Whether a case needs no more launches.
import type { LaunchRecord } from '../samples/index.js';
import { estimateOf, figureOfLaunches } from './figure.js';
import { areTimedAlone, typicalNs } from './typical-time.js';

/** Launches below which nothing is settled: looking after each one of a few would make intervals cover too little. */
const FEWEST_LAUNCHES = 5;
/** Half of the interval over the estimate. */
const NARROW = 0.01;

/**
 * True where the typical time of a case is known to ±1 % after at least five launches, so that more would be wasted.
 *
 * Stopping at the first narrow interval makes intervals cover slightly less than they say; how much is tested.
 *
 * @param records launches of one case, of any kind
 * @param significance 0.05 looks at the 95 % interval
 */
export function isSettled(records: readonly LaunchRecord[], significance: number): boolean {
  const timings = records.flatMap(({ outcome }) =>
    outcome.status === 'ok' && outcome.result.kind === 'time' ? [outcome.result] : [],
  );
  const alone = areTimedAlone(timings);
  const estimates = timings.map((timing) => typicalNs(timing, alone));
  if (estimates.length < FEWEST_LAUNCHES) return false;
  const estimate = estimateOf(figureOfLaunches(estimates, significance));
  return estimate !== undefined && (estimate.high - estimate.low) / 2 <= NARROW * estimate.value;
}
