// Which trends end in a regression.
import type { Trend, TrendChange } from '../history/index.js';

/** A change with the trend that it is of. */
export interface ChangeOfTrend {
  trend: Trend;
  change: TrendChange;
}

/** Rises that last, of which no later change is known in the same trend. */
export function regressionsOf(trends: readonly Trend[]): ChangeOfTrend[] {
  return trends.flatMap((trend) => {
    const change = trend.changes.at(-1);
    return change?.alarm ? [{ trend, change }] : [];
  });
}
