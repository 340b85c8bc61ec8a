// What changed since a moment, and what of it is still so.
import { engine } from '../native/index.js';
import type { Trend, TrendChange, TrendPoint } from './trend.js';

/** What became of a regression. */
export type RegressionStatus =
  /** It is followed by enough commits that are as slow, and none that is faster again. */
  | 'lasts'
  /** It was called fixed, and is there still or again. */
  | 'returned'
  /** A later change took it back. */
  | 'undone'
  /** It is not followed by enough commits to tell, or by some that are as fast as before. */
  | 'unconfirmed';

/** A change with the trend that it is of. */
export interface DatedChange {
  trend: Trend;
  change: TrendChange;
  /** How the commits after it lie to those before, as ratios; null where a figure is not above 0. */
  interval: { low: number; high: number } | null;
}

/** A rise beyond the tolerance. */
export interface Regression extends DatedChange {
  status: RegressionStatus;
  /** The first commit after the change that took it back. */
  undoneBy: TrendPoint | null;
}

/** All changes since a moment. */
export interface ChangesSince {
  /** Those that last first, then the largest. */
  regressions: Regression[];
  /** The largest first. */
  improvements: DatedChange[];
  /** Changes that somebody has settled, by calling them accepted, noise or fixed; the last decision first. */
  settled: DatedChange[];
  /** Rises within the tolerance. */
  smallRises: number;
  /** Regressions from before that still last. */
  older: number;
}

/** Commits on each side that an interval is made from, as many as a change's size is. */
const WINDOW = 50;
/** Standard deviations of the rank test that make a 95 % interval. */
const DEVIATIONS = 1.96;
const ORDER: readonly RegressionStatus[] = ['returned', 'lasts', 'unconfirmed', 'undone'];

/**
 * Sorts the changes of trends of which less is better. What was settled is no regression, improvement or rise any more; it is
 * told where change or decision lie in the time.
 *
 * @param since changes whose first commit was measured before are older ones
 * @param tolerance a rise that is smaller is no regression, as a share
 */
export function changesSince(trends: readonly Trend[], since: Date, tolerance: number): ChangesSince {
  const all = trends.flatMap((trend) => trend.changes.map((change) => ({ trend, change })));
  const dated = all.filter(({ change }) => !isSettled(change));
  const isRegression = ({ change }: { change: TrendChange }) => change.magnitude >= tolerance;
  const isNew = ({ change }: { change: TrendChange }) => isSince(change.after, since) || isDecidedSince(change, since);
  const recent = dated.filter(isNew);
  const regressions = recent.filter(isRegression).map((each) => toRegression(each, tolerance));
  const improvements = recent.filter(({ change }) => change.magnitude < 0).map(withInterval);
  const older = dated.filter((each) => !isNew(each) && isRegression(each));
  return {
    regressions: regressions.sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || bySize(a, b)),
    improvements: improvements.sort(bySize),
    settled: all
      .filter((each) => isSettled(each.change) && isNew(each))
      .sort(byDecision)
      .map(withInterval),
    smallRises: recent.length - regressions.length - improvements.length,
    older: older.filter((each) => toRegression(each, tolerance).status === 'lasts').length,
  };
}

/** Whether a commit was first measured at a moment or later. */
export function isSince({ startedAt }: TrendPoint, since: Date): boolean {
  return Date.parse(startedAt) >= since.getTime();
}

/** Whether there is nothing left to do about a change. */
function isSettled({ triage, returned }: TrendChange): boolean {
  return triage !== undefined && triage.state !== 'acknowledged' && !returned;
}

/** What was called fixed long after it had happened, and is still there, is news. */
function isDecidedSince({ triage }: TrendChange, since: Date): boolean {
  return triage !== undefined && triage.state !== 'acknowledged' && Date.parse(triage.at) >= since.getTime();
}

function byDecision(a: Changed, b: Changed): number {
  return (a.change.triage?.at ?? '') < (b.change.triage?.at ?? '') ? 1 : -1;
}

type Changed = Pick<DatedChange, 'trend' | 'change'>;

function toRegression(changed: Changed, tolerance: number): Regression {
  const { trend, change } = changed;
  const undoing = undoneAt(trend, change, tolerance);
  const status = undoing ? 'undone' : change.returned ? 'returned' : change.alarm ? 'lasts' : 'unconfirmed';
  return { ...withInterval(changed), status, undoneBy: undoing?.after ?? null };
}

/** The later change after which less than the tolerance is left of a rise, and stays so. */
function undoneAt({ changes }: Trend, change: TrendChange, tolerance: number): TrendChange | undefined {
  let left = 1 + change.magnitude;
  let undoing: TrendChange | undefined;
  for (const later of changes.slice(changes.indexOf(change) + 1)) {
    left *= 1 + later.magnitude;
    if (left >= 1 + tolerance) undoing = undefined;
    else undoing ??= later;
  }
  return undoing;
}

function withInterval({ trend, change }: Changed): DatedChange {
  const { before, after } = levelsAround(trend, change);
  const [old, now] = [before, after].map((points) => points.map(({ value }) => value).slice(0, WINDOW));
  // Ratios of what is not above 0 have no logarithm.
  if (![...(old ?? []), ...(now ?? [])].every((value) => value > 0)) return { trend, change, interval: null };
  const { low, high } = engine().ratioShift(Float64Array.from(old ?? []), Float64Array.from(now ?? []), DEVIATIONS);
  return { trend, change, interval: { low, high } };
}

/** The points on both sides of a change as far as the neighbouring changes, the nearest first. */
export function levelsAround(
  { points, changes }: Trend,
  change: TrendChange,
): Record<'before' | 'after', readonly TrendPoint[]> {
  const place = changes.indexOf(change);
  const [start, end] = [changes[place - 1]?.index ?? 0, changes[place + 1]?.index ?? points.length];
  return { before: points.slice(start, change.index).reverse(), after: points.slice(change.index, end) };
}

function bySize(a: DatedChange, b: DatedChange): number {
  const size = ({ change }: DatedChange) => Math.abs(Math.log(1 + change.magnitude));
  return size(b) - size(a);
}
