// When a series changed for good, and which of the changes somebody should look at.
import { engine } from '../native/index.js';
import { median } from '../statistics/index.js';

/** Where the level of a series changed. */
export interface Change {
  /** First point after the change, from 0. */
  index: number;
  /** New median over old one, less 1, each as far as the neighbouring changes. */
  magnitude: number;
  /** One less the chance that a series without a change shows one this clear. */
  confidence: number;
  /** Whether it is a regression that matters and lasts. */
  alarm: boolean;
}

/** How a series is read. */
export interface HistoryOptions {
  /** Read again after every new point: takes more evidence, so that 200 looks at one series raise no more false alarms. */
  growing: boolean;
  /** The smallest rise that alarms, as a share. */
  tolerance: number;
}

export const DEFAULT_HISTORY_OPTIONS: HistoryOptions = { growing: false, tolerance: 0.05 };

/** Points after a change without which it does not alarm: a few bad runs of one build look like a step. */
export const FEWEST_AFTER = 5;
/** Points before and after a change whose medians are compared. */
const WINDOW = 50;

/**
 * The changes of a series of figures of which less is better, in order.
 *
 * Repeated figures of one build are to be aggregated to their median first: noise that belongs to a build looks like a
 * change that lasts.
 *
 * @param series figures in the order of their builds, in one unit
 * @throws Error where a figure is not finite
 */
export function findChanges(series: readonly number[], options: HistoryOptions = DEFAULT_HISTORY_OPTIONS): Change[] {
  const points = engine().changePoints(Float64Array.from(series), options.growing);
  return points.map(({ index, magnitude, confidence }, position) => {
    const end = points[position + 1]?.index ?? series.length;
    return { index, magnitude, confidence, alarm: isAlarm(series, { index, end }, options.tolerance) };
  });
}

/** A rise beyond the tolerance that is followed by enough points, half of which remains in the points after it. */
function isAlarm(series: readonly number[], change: { index: number; end: number }, tolerance: number): boolean {
  const { index, end } = change;
  const rise = (upTo: number) => {
    const before = median(series.slice(Math.max(0, index - WINDOW), index));
    return (median(series.slice(index, upTo)) - before) / Math.abs(before);
  };
  return end - index >= FEWEST_AFTER && rise(end) >= tolerance && rise(index + WINDOW) >= rise(end) / 2;
}
