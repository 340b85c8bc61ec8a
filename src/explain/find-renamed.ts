// Functions that have another name on the other side: the same work at the same place.
import { fileKey, type ProfiledFunction } from './function-table.js';
import type { FunctionWeight } from './function-weights.js';

/** What callers, and callees with the function's own part, must have in common. */
const LEAST_OVERLAP = 0.8;
/** Without the same file or name as further evidence. */
const LEAST_OVERLAP_ELSEWHERE = 0.95;
/** A function that takes more than twice or less than half of the time is another one, as far as a profile can tell. */
const MOST_RATIO = 2;
/** Fewer weight, as a share of a side, says too little about callers. */
const LEAST_SHARE = 0.01;

/**
 * Pairs functions that only head has with those that only base has. A pair must have the same origin, callers and callees
 * and a similar weight, and nothing else may fit as well: a wrong pair would hide a new function behind an old one.
 *
 * @returns by the function of head that of base
 */
export function findRenamed(
  functions: readonly ProfiledFunction[],
  weights: ReadonlyMap<number, FunctionWeight>,
  total: { base: number; head: number },
): Map<number, number> {
  const only = (here: 'base' | 'head', there: 'base' | 'head') =>
    [...weights].filter(
      ([, { total: its }]) => its[there] === 0 && its[here] >= LEAST_SHARE * total[here] && its[here] > 0,
    );
  const [gone, added] = [only('base', 'head'), only('head', 'base')];
  // Callers that are renamed themselves count as equal to their old names.
  const renamed = new Map<number, number>();
  for (let before = -1; before !== renamed.size; ) {
    before = renamed.size;
    const taken = new Set(renamed.values());
    const open = added.filter(([fn]) => !renamed.has(fn));
    const left = gone.filter(([fn]) => !taken.has(fn));
    for (const [now, old] of uniquePairs(open, left, (a, b) => isRenamed(a, b, functions, renamed)))
      renamed.set(now, old);
  }
  return renamed;
}

type Entry = readonly [fn: number, weight: FunctionWeight];

/** Pairs in which each fits the other and nobody else. */
function uniquePairs(
  added: readonly Entry[],
  gone: readonly Entry[],
  fits: (now: Entry, old: Entry) => boolean,
): [number, number][] {
  const candidates = added.map((now) => gone.filter((old) => fits(now, old)));
  return added.flatMap(([now], index) => {
    const [old, second] = candidates[index] as Entry[];
    const rivals = candidates.filter((each) => old !== undefined && each.includes(old)).length;
    return old === undefined || second !== undefined || rivals > 1 ? [] : [[now, old[0]]];
  });
}

function isRenamed(
  [nowIndex, now]: Entry,
  [oldIndex, old]: Entry,
  functions: readonly ProfiledFunction[],
  renamed: ReadonlyMap<number, number>,
): boolean {
  const [nowFn, oldFn] = [functions[nowIndex] as ProfiledFunction, functions[oldIndex] as ProfiledFunction];
  if (nowFn.origin !== oldFn.origin || !isSimilar(now.total.head, old.total.base)) return false;
  const sameName = nowFn.name === oldFn.name;
  const sameFile = nowFn.file !== undefined && fileKey(nowFn.file) === fileKey(oldFn.file ?? '');
  const least = sameName || sameFile ? LEAST_OVERLAP : LEAST_OVERLAP_ELSEWHERE;
  const callers = overlap(now.callers.head, old.callers.base, renamed);
  // A function that calls nothing looks like any other: then name or file must tell.
  if (now.callees.head.size === 0 && old.callees.base.size === 0) return (sameName || sameFile) && callers >= least;
  return callers >= least && overlap(withSelf(now, 'head'), withSelf(old, 'base'), renamed) >= least;
}

const SELF = -1;

function withSelf({ callees, self }: FunctionWeight, side: 'base' | 'head'): Map<number, number> {
  return new Map([...callees[side], [SELF, self[side]]]);
}

function isSimilar(a: number, b: number): boolean {
  return a <= b * MOST_RATIO && b <= a * MOST_RATIO;
}

/** What two distributions share, in [0, 1]; 1 where both are empty. */
function overlap(
  now: ReadonlyMap<number, number>,
  old: ReadonlyMap<number, number>,
  renamed: ReadonlyMap<number, number>,
): number {
  const [nowSum, oldSum] = [sum(now), sum(old)];
  if (nowSum === 0 || oldSum === 0) return nowSum === oldSum ? 1 : 0;
  let shared = 0;
  for (const [fn, weight] of now) shared += Math.min(weight / nowSum, (old.get(renamed.get(fn) ?? fn) ?? 0) / oldSum);
  return shared;
}

function sum(weights: ReadonlyMap<number, number>): number {
  return [...weights.values()].reduce((all, weight) => all + weight, 0);
}
