// Leaks of Rust, from what its counting allocator saw: it knows how much, and not who.
import type { AllocatorWatch } from './memory-watch.js';

/** Less than this over a whole launch is what a runtime or a table keeps once. */
const LEAST_BYTES = 16 * 1024;
/** Halves of a launch whose slopes differ by more are not proportional to the operations. */
const UNEVEN = 2;

/** What Rust gathers or leaves behind. */
export interface NativeLeak {
  /** Where it was seen: with every operation while the case is set up, or after each teardown. */
  kind: 'operations' | 'teardown';
  /** Bytes for each operation, or for each round of set-up and teardown. */
  bytes: number;
}

/** Finds live bytes that grow evenly with the operations, and rounds that each leave some behind. */
export function findNativeLeaks({ operations, liveBytes, leftBytes }: AllocatorWatch): NativeLeak[] {
  return [...growing(operations, liveBytes), ...(leftBytes === null ? [] : leaving(leftBytes))];
}

function growing(operations: readonly number[], liveBytes: readonly number[]): NativeLeak[] {
  const [last, middle] = [operations.length - 1, Math.floor((operations.length - 1) / 2)];
  if (middle < 1) return [];
  const slope = (from: number, to: number) =>
    ((liveBytes[to] as number) - (liveBytes[from] as number)) /
    ((operations[to] as number) - (operations[from] as number));
  const [first, second] = [slope(0, middle), slope(middle, last)];
  const grown = (liveBytes[last] as number) - (liveBytes[0] as number);
  const even = Math.min(first, second) > 0 && Math.max(first, second) <= UNEVEN * Math.min(first, second);
  return even && grown >= LEAST_BYTES ? [{ kind: 'operations', bytes: slope(0, last) }] : [];
}

function leaving(rounds: readonly number[]): NativeLeak[] {
  const least = Math.min(...rounds);
  return rounds.length > 1 && least > 0 ? [{ kind: 'teardown', bytes: least }] : [];
}
