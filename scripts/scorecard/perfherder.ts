// Perfherder's detector, written anew from its published rule, because it is no package.
import { mean } from './mean.js';
import type { Found } from './series-rules.js';

/** Points that must lie before a change, that may, and that must follow (`min_back_window` and so on). */
const BACK = { fewest: 12, most: 24 };
const FORE = 12;
const THRESHOLD = 7;
/** A change alarms from this share on. */
const ALARMS_FROM = 0.02;

/**
 * Changes where Student's t of linearly weighted windows exceeds 7 and that of both neighbours. The window before grows
 * from 12 to 24 points while nothing is found.
 *
 * Source: `detect_changes` in treeherder/perfalert, with the defaults of treeherder's settings.
 */
export function perfherder(series: readonly number[]): Found[] {
  const points = evidence(series);
  return points.flatMap(({ t, before, after }, index) => {
    const isPeak = t > THRESHOLD && t >= (points[index - 1]?.t ?? 0) && t >= (points[index + 1]?.t ?? 0);
    const enough = before.length >= BACK.fewest && after.length >= FORE;
    return isPeak && enough ? [{ index, alarm: mean(after) / mean(before) - 1 >= ALARMS_FROM }] : [];
  });
}

interface Point {
  t: number;
  /** Values before, the nearest first, and from the point on. */
  before: number[];
  after: number[];
}

function evidence(series: readonly number[]): Point[] {
  let quiet = 0;
  return series.map((_, index) => {
    const reach = Math.min(Math.max(quiet, BACK.fewest), BACK.most);
    const before = series.slice(Math.max(0, index - reach), index).reverse();
    const after = series.slice(index, index + FORE);
    const t = Math.abs(weightedT(before, after));
    quiet = t > THRESHOLD ? 0 : quiet + 1;
    return { t, before, after };
  });
}

function weightedT(before: readonly number[], after: readonly number[]): number {
  if (before.length === 0 || after.length === 0) return 0;
  const [one, other] = [weighted(before), weighted(after)];
  const change = other.mean - one.mean;
  if (change === 0) return 0;
  return change / Math.sqrt(one.variance / before.length + other.variance / after.length);
}

/** The mean weights what is near more; the variance is around it, with equal weights. */
function weighted(values: readonly number[]): { mean: number; variance: number } {
  const count = values.length;
  const total = (count + 1) / 2;
  const average = values.reduce((sum, value, index) => sum + (value * (count - index)) / count, 0) / total;
  const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
  return { mean: average, variance: count > 1 ? squares / (count - 1) : 0 };
}
