// What one launch has booked to each function.
import type { Bookkeeper } from './booking.js';
import type { SideProfile } from './call-tree.js';

/** A function's own time in one launch; nanoseconds of each operation. */
export interface LedgerEntry {
  perOperation: number;
  samples: number;
  /** By the function that was running. */
  leaves: Map<number, number>;
  /** By the callers on the way there, the nearest first, their indices joined by blanks. */
  ways: Map<string, number>;
}

/** Books all stacks of a profile. */
export function ledgerOf({ profile, functionOf }: SideProfile, books: Bookkeeper): Map<number, LedgerEntry> {
  const ledger = new Map<number, LedgerEntry>();
  const scale = 1 / (profile.operations as number);
  for (const { frames, weight, samples } of profile.threads.flatMap(({ stacks }) => stacks)) {
    if (frames.length === 0) continue;
    const { owner, leaf, callers } = books.book(frames.map((frame) => functionOf[frame] as number));
    const entry = ledger.get(owner) ?? { perOperation: 0, samples: 0, leaves: new Map(), ways: new Map() };
    ledger.set(owner, entry);
    const more = weight * scale;
    entry.perOperation += more;
    entry.samples += samples;
    entry.leaves.set(leaf, (entry.leaves.get(leaf) ?? 0) + more);
    const way = callers.join(' ');
    entry.ways.set(way, (entry.ways.get(way) ?? 0) + more);
  }
  return ledger;
}
