// A plan for two versions: both sides of a case are launched as a duet; which of them begins goes A B B A.
import type { Benchmark, Case } from '../definition/index.js';
import type { LaunchRequest } from '../samples/index.js';
import { countInstructions, fitToBudget, isTraceable, toRequest } from './make-plan.js';
import type { Plan, PlanSettings } from './plan.js';
import { shuffle } from './shuffle.js';

/** A case and whose it is; the benchmark of each version has a workload of its own. */
export interface SideOfCase {
  benchmark: Benchmark;
  each: Case;
}

/** One case on both sides. */
export interface CasePair {
  base: SideOfCase;
  head: SideOfCase;
}

/** The launches that a case takes in one round: one, or one for each side. */
type Together = readonly LaunchRequest[];

/**
 * Orders the launches of two versions. A round has both launches of each case beside each other, so that the machine is
 * in one state for both; which side goes first is random in one round and turned around in the next. Launches that count
 * instructions come last, those of both sides with one seed.
 *
 * @param pairs the cases that both versions have
 * @param settings as configured; launches that count memory are not made, because verdicts are about time
 */
export function makePairedPlan(pairs: readonly CasePair[], settings: PlanSettings): Plan {
  const traced = settings.instructionLaunches === undefined ? [] : pairs.filter(isPairTraceable).flatMap(sidesOf);
  const counts = { timed: 2 * pairs.length, counted: 0, traced: traced.length };
  const fitted = fitToBudget(counts, { ...settings, memoryLaunches: 0 });
  const cases = pairs.map((pair) =>
    sidesOf(pair).map((of) => ({ ...toRequest({ ...of, kind: 'time' }, 0, fitted), side: of.side })),
  );
  const timed = inRounds(cases, () => fitted.launches, { seed: fitted.seed, from: 0 });
  return { settings: fitted, requests: [...timed, ...countInstructions(traced, fitted, timed.length)] };
}

function sidesOf({ base, head }: CasePair) {
  return [
    { ...base, side: 'base' as const },
    { ...head, side: 'head' as const },
  ];
}

/** Whether `--instructions` can compare a case: an addon that a user names comes without a program. */
export function isPairTraceable({ base, head }: CasePair): boolean {
  return isTraceable(base) && isTraceable(head);
}

/**
 * Launches to add to a plan, in rounds as its own are.
 *
 * @param plan of one version or two
 * @param more how many further launches of each side a case gets, by its id
 * @example
 * addLaunches(plan, new Map([['a/b', 5]])); // five more, or five of each side
 */
export function addLaunches({ settings, requests }: Plan, more: ReadonlyMap<string, number>): LaunchRequest[] {
  const cases = [...more.keys()].map((id) => firstOfEachSide(requests, { caseId: id, kind: 'time' }));
  const from = requests.length;
  const launchesOf = (together: Together) => more.get((together[0] as LaunchRequest).caseId) ?? 0;
  return inRounds(
    cases.filter((together) => together.length > 0),
    launchesOf,
    { seed: (settings.seed + from) % 2 ** 32, from },
  );
}

/**
 * Launches that count instructions, to add to a plan that has such: each of them has a seed that no earlier one had, the same
 * on both sides.
 *
 * @param more how many further launches of each side a case gets, by its id
 */
export function addCounts({ requests }: Plan, more: ReadonlyMap<string, number>): LaunchRequest[] {
  const last = Math.max(...requests.map(({ seed }) => seed ?? 0));
  const added = [...more].flatMap(([caseId, launches]) => {
    const its = firstOfEachSide(requests, { caseId, kind: 'instructions' });
    return Array.from({ length: launches }, (_, round) => its.map((each) => ({ ...each, seed: last + round + 1 })));
  });
  return added.flat().map((request, position) => ({ ...request, index: requests.length + position }));
}

function firstOfEachSide(
  requests: readonly LaunchRequest[],
  { caseId, kind }: Pick<LaunchRequest, 'caseId' | 'kind'>,
): Together {
  const its = requests.filter((each) => each.caseId === caseId && each.kind === kind);
  const sides = new Set(its.map(({ side }) => side));
  return [...sides].map((side) => its.find((each) => each.side === side) as LaunchRequest);
}

function inRounds(
  cases: readonly Together[],
  launchesOf: (together: Together) => number,
  { seed, from }: { seed: number; from: number },
): LaunchRequest[] {
  const ordered: LaunchRequest[] = [];
  const rounds = Math.max(0, ...cases.map(launchesOf));
  for (let round = 0; round < rounds; round++) {
    const ofRound = cases.filter((together) => launchesOf(together) > round);
    // Both rounds of a block draw the same first sides, and the second one turns them around.
    const firsts = firstSides(cases, seed + (round >> 1));
    for (const together of shuffle(ofRound, (seed + round) % 2 ** 32)) {
      const turned = firsts.has(together) === (round % 2 === 0);
      const duet = from + ordered.length;
      ordered.push(...(turned ? together : [...together].reverse()).map((request) => ({ ...request, duet })));
    }
  }
  return ordered.map((request, index) => ({ ...request, index: from + index }));
}

/** The random half of the cases whose first side begins. */
function firstSides(cases: readonly Together[], seed: number): Set<Together> {
  // Another sequence than the one that orders the cases.
  return new Set(shuffle(cases, (seed ^ 0x5bd1e995) >>> 0).slice(0, Math.ceil(cases.length / 2)));
}
