// What runs say over time: a figure commit by commit, and where it changed.
import { median } from '../statistics/index.js';
import type { Series, SeriesPoint, StoredTriage } from '../store/index.js';
import { type Change, findChanges, type HistoryOptions } from './find-changes.js';
import { identityOf } from './identity-of.js';

/** A figure of one commit: the median of its runs, because noise of one build looks like a change that lasts. */
export interface TrendPoint {
  commit: string | null;
  /** Of its first run. */
  startedAt: string;
  /** Ids of its runs, the oldest first. */
  runs: string[];
  value: number;
}

/** A change, and between which commits it happened. */
export interface TrendChange extends Change {
  /** The last point before, and the first one after. */
  before: TrendPoint;
  after: TrendPoint;
  /** What somebody decided about it; absent where nobody has. */
  triage?: StoredTriage;
  /** Whether it was called fixed and still is there, or brings back what was; absent where neither holds. */
  returned?: boolean;
}

/** A figure of a case on one machine. */
export interface Trend {
  caseId: string;
  metric: string;
  unit: string;
  fingerprint: string;
  /** Which tool measured it. */
  origin: string;
  points: TrendPoint[];
  changes: TrendChange[];
}

/** How trends are read: again after every run, so that a change needs more evidence than in a series read once. */
export const DEFAULT_TREND_OPTIONS: HistoryOptions = { growing: true, tolerance: 0.05 };

/**
 * The trend of a series: commits in the order in which they were first measured, and the changes between them.
 *
 * @param series at least one point
 */
export function trendOf(series: Series, options: HistoryOptions = DEFAULT_TREND_OPTIONS): Trend {
  const points = byCommit(series.points);
  const changes = findChanges(
    points.map(({ value }) => value),
    options,
  );
  const [first] = series.points as [SeriesPoint];
  return {
    caseId: series.caseId,
    metric: series.metric,
    unit: series.unit,
    fingerprint: first.run.fingerprint,
    origin: first.run.origin,
    points,
    changes: changes.map((change) => ({
      ...change,
      before: points[change.index - 1] as TrendPoint,
      after: points[change.index] as TrendPoint,
    })),
  };
}

function byCommit(points: readonly SeriesPoint[]): TrendPoint[] {
  const groups = new Map<string, SeriesPoint[]>();
  for (const point of points) {
    const key = identityOf(point);
    const group = groups.get(key);
    if (group) group.push(point);
    else groups.set(key, [point]);
  }
  return [...groups.values()].map((its) => {
    const [{ run }] = its as [SeriesPoint, ...SeriesPoint[]];
    return {
      commit: run.commit,
      startedAt: run.startedAt,
      runs: its.map((each) => each.run.id),
      value: median(its.map(({ value }) => value)),
    };
  });
}
