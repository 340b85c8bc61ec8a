// From estimates of launches to a figure: a value with its interval, or the reason why there is none.
import { engine } from '../native/index.js';
import type { Estimate, Figure } from './summary.js';

/**
 * The figure of one estimate for each launch. The launch is the unit of replication: samples of one launch share its
 * memory layout and its luck, so the interval comes from launches alone (METHODOLOGY.md, Intervals).
 *
 * @param estimates one number for each launch
 * @param significance 0.05 makes 95 % intervals
 */
export function figureOfLaunches(estimates: readonly number[], significance: number): Figure {
  if (estimates.length === 0) return { missing: 'no launch finished' };
  const interval = engine().launchInterval(Float64Array.from(estimates), 1 - significance);
  if (interval.missing !== undefined) return { missing: interval.missing };
  return { estimate: { value: interval.value, low: interval.low, high: interval.high } };
}

/** The estimate of a figure, or undefined where it is missing. */
export function estimateOf(figure: Figure): Estimate | undefined {
  return 'estimate' in figure ? figure.estimate : undefined;
}

/** A figure in other units; a time turned into a rate changes its ends. */
export function mapFigure(figure: Figure, convert: (value: number) => number): Figure {
  if ('missing' in figure) return figure;
  const { value, low, high } = figure.estimate;
  const [a, b] = [convert(low), convert(high)];
  return { estimate: { value: convert(value), low: Math.min(a, b), high: Math.max(a, b) } };
}
