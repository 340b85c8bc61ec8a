// What somebody may have meant who wrote a name that does not exist.
import { distance } from 'fastest-levenshtein';

/**
 * The candidate nearest to a word, if any is near enough to be a slip of the fingers: at most two edits, or a third of
 * the word's length where that is more.
 *
 * @example
 * suggest('model/node-crate', ['model/node-create', 'state/apply']); // 'model/node-create'
 * suggest('zebra', ['model/node-create']); // undefined
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const lowered = word.toLowerCase();
  let nearest: string | undefined;
  let edits = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const needed = distance(lowered, candidate.toLowerCase());
    if (needed < edits && needed < candidate.length) {
      nearest = candidate;
      edits = needed;
    }
  }
  return nearest;
}
