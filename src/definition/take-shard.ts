// A part of the selected benchmarks, for several machines that share the work.
import type { Selection } from './select-cases.js';

/** Which part of how many; parts are counted from 1. */
export interface Shard {
  index: number;
  count: number;
}

/**
 * Reads `2/4`, the second of four parts.
 *
 * @throws RangeError where it is no such pair
 */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index >= 1 && shard.index <= shard.count) return shard;
  throw new RangeError(`Cannot use --shard ${text}: write I/N, part I of N, such as 1/4`);
}

/**
 * The benchmarks of one part; every benchmark is in exactly one. A benchmark stays whole, because its growth and its
 * ratios are compared on one machine; neighbours, which tend to cost alike, go to different parts.
 */
export function takeShard(selections: readonly Selection[], { index, count }: Shard): Selection[] {
  return selections.filter((_selection, position) => position % count === index - 1);
}

/**
 * The same part of two versions, whose benchmarks need not be the same: they are counted in the order of the head, and
 * behind them those that only the base has.
 */
export function takeShardOfBoth(
  { base, head }: { base: readonly Selection[]; head: readonly Selection[] },
  shard: Shard,
): { base: Selection[]; head: Selection[] } {
  const ids = new Set([...head, ...base].map(({ benchmark }) => benchmark.id));
  const its = new Set([...ids].filter((_id, position) => position % shard.count === shard.index - 1));
  const take = (selections: readonly Selection[]) => selections.filter(({ benchmark }) => its.has(benchmark.id));
  return { base: take(base), head: take(head) };
}
