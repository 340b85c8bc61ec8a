// Keeps a run within its budget: what a case costs beside measuring is known only once it was launched.
import type { LaunchRecord, LaunchRequest } from '../samples/index.js';

/** Launches of a case that are never left out: with fewer there is no interval. */
const FEWEST = 2;

/** Decides which launches a run has no time for. */
export interface BudgetKeeper {
  /** Takes note of what a launch took. */
  made(record: LaunchRecord): void;
  /** Whether to leave a launch out, so that those after it fit into the time that is left. */
  leavesOut(request: LaunchRequest, elapsedMs: number): boolean;
}

/**
 * A keeper for one run. Where the launches that are still to be made would overrun the budget, the most expensive of them
 * are left out, none of the first two timed launches of a case among them, and none that counts memory.
 *
 * @param requests of the plan, in its order
 * @param budgetMs null keeps everything
 */
export function keepBudget(requests: readonly LaunchRequest[], budgetMs: number | null): BudgetKeeper {
  const costs = new Map<string, { sumMs: number; launches: number }>();
  const all = { sumMs: 0, launches: 0 };
  const spare = spareRequests(requests);
  const key = ({ caseId, kind, side }: Pick<LaunchRequest, 'caseId' | 'kind' | 'side'>) =>
    `${kind} ${side ?? ''} ${caseId}`;
  const expectedMs = (request: LaunchRequest) => {
    const known = costs.get(key(request)) ?? costs.get(key({ ...request, kind: 'time' })) ?? all;
    return known.launches === 0 ? 0 : known.sumMs / known.launches;
  };
  const leftOut = new Set<number>();
  const isSpareNow = (request: LaunchRequest, elapsedMs: number): boolean => {
    if (budgetMs === null || !spare.has(request.index)) return false;
    const left = requests.slice(request.index);
    let overrunMs = elapsedMs + left.reduce((sum, each) => sum + expectedMs(each), 0) - budgetMs;
    const costly = left.filter(({ index }) => spare.has(index)).toSorted((a, b) => expectedMs(b) - expectedMs(a));
    for (const each of costly) {
      if (overrunMs <= 0) return false;
      if (each === request) return true;
      overrunMs -= expectedMs(each);
    }
    return false;
  };
  return {
    made(record) {
      const cost = costs.get(key(record)) ?? { sumMs: 0, launches: 0 };
      costs.set(key(record), cost);
      // Both launches of a duet take the time of one.
      const durationMs = record.duet === undefined ? record.durationMs : record.durationMs / 2;
      for (const each of [cost, all]) {
        each.sumMs += durationMs;
        each.launches += 1;
      }
    },
    leavesOut(request, elapsedMs) {
      const isLeftOut = isSecondSide(request) ? leftOut.has(request.index - 1) : isSpareNow(request, elapsedMs);
      if (isLeftOut) leftOut.add(request.index);
      return isLeftOut;
    },
  };
}

/** Both sides of a case stand beside each other in a plan, and are made or left out together. */
function isSecondSide({ side, index }: LaunchRequest): boolean {
  return side !== undefined && index % 2 === 1;
}

/** Indices of timed launches after the first two of their case and side. */
function spareRequests(requests: readonly LaunchRequest[]): Set<number> {
  const seen = new Map<string, number>();
  const spare = new Set<number>();
  for (const { index, caseId, side, kind } of requests) {
    if (kind !== 'time') continue;
    const key = `${side ?? ''} ${caseId}`;
    const earlier = seen.get(key) ?? 0;
    seen.set(key, earlier + 1);
    if (earlier >= FEWEST) spare.add(index);
  }
  return spare;
}
