// What makes the text of one version into that of another.
import type { engine } from '../native/index.js';

/** Differences as Rust gives them. */
type NativePatches = ReturnType<InstanceType<ReturnType<typeof engine>['BindingText']>['patches']>;

/** A change of a text: at `position`, `deleted` units go, and `inserted` comes. */
export interface TextPatch {
  /** Where it begins, in the text in which all patches before it have been made. */
  readonly position: number;
  /** UTF-16 code units that go. */
  readonly deleted: number;
  /** What comes instead. */
  readonly inserted: string;
}

/** Reads patches out of their columns. */
export function textPatches({ numbers, text }: NativePatches): TextPatch[] {
  const patches: TextPatch[] = [];
  let from = 0;
  for (let index = 0; index < numbers.length; index += 3) {
    const end = from + (numbers[index + 2] ?? 0);
    patches.push({
      position: numbers[index] ?? 0,
      deleted: numbers[index + 1] ?? 0,
      inserted: text.slice(from, end),
    });
    from = end;
  }
  return patches;
}

/**
 * Where a position of a text, such as a cursor or an end of a selection, is after patches.
 *
 * What lies inside of deleted text comes to the place of the deletion. Where text is inserted at the position, or instead of
 * what lies on both sides of it, the position stays before that text or goes behind it, as `side` says. Begin and end of
 * deleted text stay before and behind what is inserted instead, whatever `side` is.
 *
 * @param side where it stays when text comes to its place: `before` that text, as a cursor does while others write, or `after`
 *   it; the begin of a selection that should not grow is `after`, its end `before`
 * @example
 * import { movePosition } from 'forgebench/documents';
 *
 * const patches = [{ position: 2, deleted: 3, inserted: 'x' }];
 * movePosition(1, patches); // 1
 * movePosition(4, patches); // 2
 * movePosition(4, patches, 'after'); // 3
 * movePosition(6, patches); // 4
 */
export function movePosition(
  position: number,
  patches: Iterable<TextPatch>,
  side: 'before' | 'after' = 'before',
): number {
  let moved = position;
  for (const patch of patches) moved = moveOnce(moved, patch, side);
  return moved;
}

function moveOnce(at: number, { position, deleted, inserted }: TextPatch, side: 'before' | 'after'): number {
  const end = position + deleted;
  if (at < position || (at === position && deleted > 0)) return at;
  if (at > end || (at === end && deleted > 0)) return at - deleted + inserted.length;
  return side === 'before' ? position : position + inserted.length;
}
