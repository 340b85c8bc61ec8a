// Why a case became slower: the functions whose time grew, from profiles of both sides.
import type { Profile } from '../profile/index.js';
import type { Side } from '../samples/index.js';
import { type Bookkeeper, bookkeeper } from './booking.js';
import { type Aligned, align, type ProfilesOfSides, totalOf } from './differential.js';
import type { Explanation, GrownFrame } from './explanation.js';
import type { ProfiledFunction } from './function-table.js';
import {
  FEWEST_PAIRS,
  type GrowthEstimate,
  growthOfLaunches,
  growthOfSamples,
  type SampledWeight,
} from './growth-interval.js';
import { type LedgerEntry, ledgerOf } from './ledger.js';

/** A function that grew by less of the operation's time explains nothing. */
const LEAST_SHARE = 0.005;
/** More frames nobody reads. */
const MOST_FRAMES = 10;
const MOST_CALLERS = 6;
const MOST_THROUGH = 4;

/** An explanation, and what its page draws. */
export interface ExplainedCase {
  explanation: Explanation;
  aligned: Aligned;
}

/**
 * Finds the functions that take more time for each operation in head than in base. Launches of both sides that were made one
 * after the other stand at the same place; with three pairs or more the intervals come from them, otherwise from samples.
 *
 * @throws Error where profiles were captured in different ways, or have not counted operations
 */
export function explainCase(caseId: string, profiles: ProfilesOfSides): ExplainedCase {
  const aligned = align(profiles);
  if (aligned.unit !== 'nanoseconds')
    throw new Error('Cannot explain: the profiles have not counted operations or time; profile both sides again');
  const books = bookkeeper(aligned.table);
  const pairs = Math.min(profiles.base.length, profiles.head.length);
  const resampled = pairs >= FEWEST_PAIRS ? 'launches' : 'samples';
  const operation = totalOf(aligned.trees);
  const frames = grownFrames(aligned, { books, resampled, least: LEAST_SHARE * operation.base });
  const { engine, interval } = profiles.base[0] as Profile;
  return {
    aligned,
    explanation: {
      caseId,
      engine,
      intervalNs: interval,
      launches: { base: profiles.base.length, head: profiles.head.length },
      samples: { base: samplesOf(profiles.base), head: samplesOf(profiles.head) },
      resampled,
      operation,
      frames,
    },
  };
}

function samplesOf(profiles: readonly Profile[]): number {
  const stacks = profiles.flatMap(({ threads }) => threads).flatMap((thread) => thread.stacks);
  return stacks.reduce((sum, { samples }) => sum + samples, 0);
}

interface Search {
  books: Bookkeeper;
  resampled: Explanation['resampled'];
  /** The least growth that is reported. */
  least: number;
}

function grownFrames(aligned: Aligned, { books, resampled, least }: Search): GrownFrame[] {
  const ledgers = (side: Side) =>
    aligned.sides.filter((each) => each.side === side).map((each) => ledgerOf(each, books));
  const [base, head] = [ledgers('base'), ledgers('head')];
  const owners = new Set(head.flatMap((ledger) => [...ledger.keys()]));
  const frames = [...owners].flatMap((owner) => {
    const [old, now] = [base, head].map((side) => side.map((ledger) => ledger.get(owner)));
    const sides = { base: old as Entries, head: now as Entries };
    const growth = resampled === 'launches' ? acrossLaunches(sides) : acrossSamples(sides);
    return growth.low > 0 && growth.value >= least ? [toFrame(owner, growth, { sides, aligned, books })] : [];
  });
  return frames.sort((a, b) => b.growth.low - a.growth.low).slice(0, MOST_FRAMES);
}

/** What each launch of a side has booked to a function; missing where it was not seen. */
type Entries = readonly (LedgerEntry | undefined)[];

function acrossLaunches({ base, head }: Record<Side, Entries>): GrowthEstimate {
  const pairs = Math.min(base.length, head.length);
  return growthOfLaunches(
    Array.from({ length: pairs }, (_, pair) => (head[pair]?.perOperation ?? 0) - (base[pair]?.perOperation ?? 0)),
  );
}

function acrossSamples({ base, head }: Record<Side, Entries>): GrowthEstimate {
  const [old, now] = [pooled(base), pooled(head)];
  // What was never seen on one side weighs there what a sample of the other does.
  return growthOfSamples({ ...old, weight: old.weight || now.weight }, { ...now, weight: now.weight || old.weight });
}

function pooled(entries: Entries): SampledWeight {
  const samples = entries.reduce((sum, entry) => sum + (entry?.samples ?? 0), 0);
  return { samples, weight: samples === 0 ? 0 : meanOf(entries) / samples };
}

function meanOf(entries: Entries): number {
  return entries.reduce((sum, entry) => sum + (entry?.perOperation ?? 0), 0) / entries.length;
}

interface Context {
  sides: Record<Side, Entries>;
  aligned: Aligned;
  books: Bookkeeper;
}

function toFrame(owner: number, growth: GrowthEstimate, { sides, aligned, books }: Context): GrownFrame {
  const fn = books.functions[owner] as ProfiledFunction;
  const { name, origin } = fn;
  const old = aligned.renamed.get(owner);
  const [base, head] = [meanOf(sides.base), meanOf(sides.head)];
  const nameOf = (fn: number) => books.functions[fn]?.name ?? '';
  const oldName = old === undefined ? undefined : nameOf(old);
  const callers = callersOf(sides, books);
  return {
    name,
    origin,
    ...placeOf(fn),
    ...(oldName !== undefined && { renamedFrom: oldName }),
    isNew: base === 0,
    base,
    head,
    growth,
    through: grown(sides, ({ leaves }) => leaves)
      .slice(0, MOST_THROUGH)
      .map(([leaf, more]) => ({ name: nameOf(leaf), growth: more })),
    callers: callers.map(({ name }) => name),
    callerPlaces: callers.map(placeOf),
  };
}

function placeOf({ file, line }: ProfiledFunction) {
  return { ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
}

/** The way on which a function grew most, the nearest caller first. */
function callersOf(sides: Record<Side, Entries>, { functions }: Bookkeeper): ProfiledFunction[] {
  const [way = ''] = grown(sides, ({ ways }) => ways)[0] ?? [];
  const nearest = way.split(' ').filter((text) => text !== '');
  return nearest.slice(0, MOST_CALLERS).map((fn) => functions[Number(fn)] as ProfiledFunction);
}

/** Parts of a function's time that grew on average over launches, the largest growth first. */
function grown<Key>(
  { base, head }: Record<Side, Entries>,
  partsOf: (entry: LedgerEntry) => ReadonlyMap<Key, number>,
): [Key, number][] {
  const growths = new Map<Key, number>();
  const addAll = (entries: Entries, sign: number) => {
    for (const entry of entries)
      for (const [key, part] of entry ? partsOf(entry) : [])
        growths.set(key, (growths.get(key) ?? 0) + (sign * part) / entries.length);
  };
  addAll(base, -1);
  addAll(head, 1);
  return [...growths].filter(([, growth]) => growth > 0).sort((a, b) => b[1] - a[1]);
}
