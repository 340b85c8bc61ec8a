// Formats that list samples one by one, made of stacks that stand for many.
import type { Amount } from '../profile-builder.js';

/** Entries in a file: what viewers still open. Above it an entry stands for several samples. */
const MOST_ENTRIES = 1e6;

/**
 * Says how the weight of a stack is spread over entries of a file: one for each sample, and at least one.
 *
 * @param all everything that goes into the file
 * @returns weights whose sum is that of the stack; whole numbers where that is one
 */
export function spreadSamples(all: Iterable<Amount>): (amount: Amount) => number[] {
  let samples = 0;
  for (const amount of all) samples += amount.samples;
  const perEntry = Math.max(1, samples / MOST_ENTRIES);
  return (amount) => {
    const entries = Math.max(1, Math.round(amount.samples / perEntry));
    const upTo = (entry: number) => {
      const part = (amount.weight / entries) * entry;
      return entry === entries ? amount.weight : Number.isInteger(amount.weight) ? Math.floor(part) : part;
    };
    return Array.from({ length: entries }, (_, entry) => upTo(entry + 1) - upTo(entry));
  };
}
