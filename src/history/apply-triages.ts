// Changes in the light of what people decided about them.
import type { ChangeKey, StoredTriage } from '../store/index.js';
import { FEWEST_AFTER } from './find-changes.js';
import type { Trend, TrendChange } from './trend.js';

/** Later runs move a change by a few commits; so far away it is still the same one. */
const NEAR = FEWEST_AFTER;

/**
 * The trend with each change that somebody decided about marked as such, and alarms as these decisions leave them:
 *
 * - *noise* and *accepted* do not alarm, nor does what came before an accepted change, whose level is now the one to judge by;
 * - *fixed* does not alarm, unless five commits that were measured since then are as slow, or a later change brings back half of
 *   it: then it has *returned*;
 * - *acknowledged* changes nothing here.
 *
 * Pure: the same trend and decisions give the same answer.
 *
 * @param triages of any series; the later of two about one change holds
 * @example
 * applyTriages(trendOf(series), await store.triages()).changes.filter(({ alarm }) => alarm);
 */
export function applyTriages(trend: Trend, triages: readonly StoredTriage[]): Trend {
  const decided = decisionsOf(trend, triages);
  if (decided.size === 0) return trend;
  const reference = trend.changes.findLastIndex((change) => decided.get(change)?.state === 'accepted');
  const changes = trend.changes.map((change, place): TrendChange => {
    const own = decided.get(change);
    const isOpen = own === undefined || own.state === 'acknowledged';
    // A rise on the way to a level that is right is right as well.
    const triage =
      isOpen && place < reference && change.magnitude > 0 ? decided.get(trend.changes[reference] as TrendChange) : own;
    const returned = place > reference && hasReturned(trend, place, decided);
    const isSettled = place <= reference || triage?.state === 'noise' || (triage?.state === 'fixed' && !returned);
    return {
      ...change,
      alarm: change.alarm && !isSettled,
      ...(triage && { triage }),
      ...(returned && { returned }),
    };
  });
  return { ...trend, changes };
}

/** How decisions and alerts name a change. */
export function changeKeyOf({ caseId, metric, fingerprint }: Trend, { after }: TrendChange): ChangeKey {
  return { caseId, metric, fingerprint, run: after.runs[0] as string };
}

/**
 * Runs of the commits around a change, no further than half way to the next one: one of them may be called the first after it
 * once there are more.
 */
export function runsNear({ points, changes }: Trend, { index }: TrendChange): string[] {
  const halfWayTo = (other: TrendChange | undefined) => other && Math.ceil((index + other.index) / 2);
  const start = halfWayTo(changes.findLast((each) => each.index < index)) ?? 0;
  const end = halfWayTo(changes.find((each) => each.index > index)) ?? points.length;
  return points.slice(Math.max(start, index - NEAR), Math.min(end, index + NEAR + 1)).flatMap(({ runs }) => runs);
}

type Decisions = ReadonlyMap<TrendChange, StoredTriage>;

function decisionsOf(trend: Trend, triages: readonly StoredTriage[]): Decisions {
  const its = triages.filter(
    ({ caseId, metric, fingerprint }) =>
      caseId === trend.caseId && metric === trend.metric && fingerprint === trend.fingerprint,
  );
  its.sort((a, b) => (a.at < b.at ? -1 : 1));
  const decided = new Map<TrendChange, StoredTriage>();
  for (const triage of its) {
    const change = nearestChange(trend, triage);
    if (change) decided.set(change, triage);
  }
  return decided;
}

/** The nearest change in the same direction; nothing where the trend no longer has one there. */
function nearestChange({ points, changes }: Trend, { run, magnitude }: StoredTriage): TrendChange | undefined {
  const index = points.findIndex(({ runs }) => runs.includes(run));
  if (index < 0) return undefined;
  const distance = (change: TrendChange) => Math.abs(change.index - index);
  const alike = changes.filter((each) => Math.sign(each.magnitude) === Math.sign(magnitude) && distance(each) <= NEAR);
  return alike.sort((a, b) => distance(a) - distance(b))[0];
}

/** Whether a change is one that was called fixed and still is there, or brings such a one back. */
function hasReturned({ points, changes }: Trend, place: number, decided: Decisions): boolean {
  const change = changes[place] as TrendChange;
  const triage = decided.get(change);
  if (triage !== undefined) {
    const since = points.filter(({ startedAt }) => Date.parse(startedAt) > Date.parse(triage.at));
    const wasGone = changes.some(
      (_, later) => later > place && levelAfter(changes, place, later + 1) < 1 + change.magnitude / 2,
    );
    return triage.state === 'fixed' && since.length >= FEWEST_AFTER && !wasGone;
  }
  return changes.slice(0, place).some((earlier, its) => {
    if (decided.get(earlier)?.state !== 'fixed' || earlier.magnitude <= 0) return false;
    const half = 1 + earlier.magnitude / 2;
    return levelAfter(changes, its, place) < half && levelAfter(changes, its, place + 1) >= half;
  });
}

/** The level once the changes from one place up to another are made, as a ratio to that before them. */
function levelAfter(changes: readonly TrendChange[], from: number, to: number): number {
  return changes.slice(from, to).reduce((level, { magnitude }) => level * (1 + magnitude), 1);
}
