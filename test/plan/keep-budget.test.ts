// A run ends within its budget by leaving out its most expensive launches, and never what an interval needs.
import { describe, expect, it } from 'vitest';
import { keepBudget } from '../../src/plan/index.js';
import type { LaunchRecord, LaunchRequest } from '../../src/samples/index.js';

/** Three timed launches of each case, round by round, and one that counts memory. */
function requestsOf(cases: readonly string[]): LaunchRequest[] {
  const all = [...cases, ...cases, ...cases].map((caseId) => ({ caseId, kind: 'time' as const }));
  const [memory] = cases.map((caseId) => ({ caseId, kind: 'memory' as const }));
  return [...all, ...(memory ? [memory] : [])].map((each, index) => ({ ...each, index }) as LaunchRequest);
}

/** What is made where launches of these cases take this long. */
function made(costs: Record<string, number>, budgetMs: number | null): { ids: string[]; elapsedMs: number } {
  const requests = requestsOf(Object.keys(costs));
  const keeper = keepBudget(requests, budgetMs);
  const ids: string[] = [];
  let elapsedMs = 0;
  for (const request of requests) {
    if (keeper.leavesOut(request, elapsedMs)) continue;
    const durationMs = costs[request.caseId] as number;
    elapsedMs += durationMs;
    ids.push(`${request.kind} ${request.caseId}`);
    keeper.made({ ...request, durationMs } as unknown as LaunchRecord);
  }
  return { ids, elapsedMs };
}

describe('keepBudget', () => {
  it('leaves out nothing where all fits, or where there is no budget', () => {
    expect(made({ quick: 10, slow: 1000 }, 4000).ids).toHaveLength(7);
    expect(made({ quick: 10, slow: 1000 }, null).ids).toHaveLength(7);
  });

  it('leaves out the most expensive launches first, as many as it has to', () => {
    const { ids, elapsedMs } = made({ quick: 10, slow: 1000, slower: 2000, fast: 5 }, 7500);
    expect(ids.filter((id) => id === 'time slower')).toHaveLength(2);
    expect(ids.filter((id) => id === 'time slow')).toHaveLength(3);
    expect(ids.filter((id) => id === 'time quick')).toHaveLength(3);
    expect(elapsedMs).toBeLessThanOrEqual(9100);
  });

  it('makes both launches of two versions, or neither', () => {
    const requests = Array.from({ length: 10 }, (_, index) => {
      const side = index % 4 === 0 || index % 4 === 3 ? 'base' : 'head';
      return { caseId: 'slow', kind: 'time', side, index } as LaunchRequest;
    });
    const keeper = keepBudget(requests, 7900);
    const decisions: boolean[] = [];
    let elapsedMs = 0;
    for (const request of requests) {
      const isLeftOut = keeper.leavesOut(request, elapsedMs);
      decisions.push(isLeftOut);
      if (isLeftOut) continue;
      elapsedMs += 1000;
      keeper.made({ ...request, durationMs: 1000 } as unknown as LaunchRecord);
    }
    expect(decisions.filter(Boolean).length).toBeGreaterThan(0);
    for (let first = 0; first < 10; first += 2) expect(decisions[first + 1]).toBe(decisions[first]);
  });

  it('never leaves out the first two launches of a case, nor one that counts memory', () => {
    const { ids } = made({ slow: 1000, slower: 2000 }, 1);
    expect(ids).toEqual(['time slow', 'time slower', 'time slow', 'time slower', 'memory slow']);
  });
});
