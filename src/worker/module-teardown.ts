// What a JavaScript workload leaves behind when it is torn down: set-up, iterations and teardown again and again.
import type { MemoryUse } from '../samples/index.js';
import { nowNs } from './clock.js';
import type { ModuleCase } from './module-case.js';
import { calmHeaps, type LiveHeaps } from './v8-memory.js';

/** The interval from the least to the most of six values covers their median with 97 %, as in Rust (teardown.rs). */
const ROUNDS = 6;
const FEWEST = 2;
/** A round runs this share of the iterations that were counted. */
const SHARE = 20;
/** Rounds of the time for counting may take this share. */
const TIME_SHARE = 0.25;

/** What is known when the first teardown is over. */
export interface FirstRound {
  before: LiveHeaps;
  setUpNs: number;
  iterations: number;
  measureNs: number;
}

/**
 * Repeats set-up and teardown.
 *
 * @param using opens the case, does the work on it and closes it
 * @returns null where set-up takes too long for two rounds
 */
export async function repeatTeardown(
  using: (work: (open: ModuleCase) => Promise<void>) => Promise<void>,
  { before, setUpNs, iterations, measureNs }: FirstRound,
): Promise<MemoryUse['left']> {
  const [start, limitNs] = [nowNs(), measureNs * TIME_SHARE];
  let level = await calmHeaps();
  const firstBytes = level.heapBytes + level.cBytes - before.heapBytes - before.cBytes;
  if (FEWEST * setUpNs > limitNs) return null;
  const [rounds, heapRounds]: [number[], number[]] = [[], []];
  while (rounds.length < ROUNDS && (rounds.length < FEWEST || nowNs() - start < limitNs)) {
    await using((open) => runShare(open, { iterations: iterations / SHARE, limitNs: limitNs / ROUNDS }));
    const now = await calmHeaps();
    heapRounds.push(now.heapBytes - level.heapBytes);
    rounds.push(now.heapBytes + now.cBytes - level.heapBytes - level.cBytes);
    level = now;
  }
  return { firstBytes, rounds, heapRounds };
}

async function runShare(open: ModuleCase, { iterations, limitNs }: { iterations: number; limitNs: number }) {
  const start = nowNs();
  for (let done = 0; done < iterations && nowNs() - start < limitNs; done += open.concurrency)
    await open.batch(open.concurrency);
}
