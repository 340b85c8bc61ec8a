// Batches keep what was typed in one go as one edit, and change nothing by it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EditBatch, TextDocument } from '../../src/documents/index.js';

type Edit = [position: number, deleted: number, inserted: string];

function batchOf(edits: readonly Edit[]): EditBatch {
  const batch = new EditBatch(1);
  for (const edit of edits) batch.add(...edit);
  return batch;
}

function rowsOf({ positions, deleted, inserted, size }: EditBatch): number[][] {
  return Array.from({ length: size }, (_, row) => [positions[row], deleted[row], inserted[row]] as number[]);
}

/** The document of edits that each have a batch of their own. */
function oneByOne(edits: readonly Edit[]): TextDocument {
  const document = new TextDocument('ada');
  for (const edit of edits) document.apply(batchOf([edit]));
  return document;
}

describe('EditBatch', () => {
  it('keeps typing and deleting at one place as one edit each, and what comes in between apart', () => {
    const batch = batchOf([
      [0, 0, 'H'],
      [1, 0, 'el'],
      [3, 0, 'lo'],
      [1, 1, ''],
      [1, 2, ''],
      [1, 0, 'a'],
      [2, 1, ''],
      [1, 1, ''],
    ]);
    expect(rowsOf(batch)).toEqual([
      [0, 0, 5],
      [1, 3, 1],
      [2, 1, 0],
      [1, 1, 0],
    ]);
    expect(String.fromCharCode(...batch.units)).toBe('Helloa');
  });

  it('shows the last edit before the next one comes, and again after it grew', () => {
    const batch = batchOf([[0, 0, 'a']]);
    expect(rowsOf(batch)).toEqual([[0, 0, 1]]);
    batch.add(1, 0, 'b');
    expect(rowsOf(batch)).toEqual([[0, 0, 2]]);
  });

  it('begins a new edit where it is told to, and after it was cleared', () => {
    const batch = batchOf([[0, 0, 'a']]);
    batch.separate();
    batch.add(1, 0, 'b');
    expect(rowsOf(batch)).toEqual([
      [0, 0, 1],
      [1, 0, 1],
    ]);
    batch.clear();
    batch.add(2, 0, 'c');
    expect(rowsOf(batch)).toEqual([[2, 0, 1]]);
  });

  it('keeps its room where it is cleared, but not that of a long text', () => {
    const batch = batchOf([[0, 0, 'x'.repeat(1000)]]);
    const room = batch.units.buffer;
    batch.clear();
    expect(batch.units.buffer).toBe(room);
    batch.add(0, 0, 'x'.repeat(1_000_000));
    expect(batch.unitCount).toBe(1_000_000);
    batch.clear();
    expect(batch.units.buffer.byteLength).toBe(0);
    batch.add(0, 0, 'short');
    expect(String.fromCharCode(...batch.units)).toBe('short');
  });

  it.each([-1, 0.5, 2 ** 32, NaN, Infinity])(
    'refuses %s as a place and as a number of units, and stays as it was',
    (wrong) => {
      const batch = batchOf([[0, 0, 'abc']]);
      const said = (name: string): string => `Cannot add an edit: its ${name} is ${wrong}; give a whole number`;
      expect(() => batch.add(wrong, 0, 'x')).toThrow(RangeError);
      expect(() => batch.add(wrong, 0, 'x')).toThrow(said('position'));
      expect(() => batch.add(3, wrong, 'x')).toThrow(RangeError);
      expect(() => batch.add(3, wrong, 'x')).toThrow(said('deleted'));
      expect(() => batch.add(0, wrong, 'x')).toThrow(said('deleted'));
      expect(rowsOf(batch)).toEqual([[0, 0, 3]]);
      expect(batch.unitCount).toBe(3);
      const deletions = batchOf([[2, 1, '']]);
      expect(() => deletions.add(2, wrong, '')).toThrow(said('deleted'));
      expect(rowsOf(deletions)).toEqual([[2, 1, 0]]);
    },
  );

  it('leaves it to the document to refuse a place beyond the end', () => {
    const document = new TextDocument('ada');
    const batch = batchOf([
      [0, 0, 'a'],
      [2, 0, 'b'],
      [3, 0, 'c'],
    ]);
    expect(() => document.apply(batch)).toThrow('Cannot edit the document');
    expect(document.length).toBe(0);
  });

  it('makes the same text and the same number of events as one edit at a time does', () => {
    const near = fc.tuple(
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 2 }),
      fc.constantFrom('', 'x', 'yz'),
    );
    fc.assert(
      fc.property(fc.array(near, { maxLength: 60 }), (wanted) => {
        let length = 0;
        const edits = wanted.map(([place, units, inserted]): Edit => {
          const position = Math.min(place, length);
          const deleted = Math.min(units, length - position);
          length += inserted.length - deleted;
          return [position, deleted, inserted];
        });
        const atOnce = new TextDocument('ada');
        atOnce.apply(batchOf(edits));
        const known = oneByOne(edits);
        expect(atOnce.toString()).toBe(known.toString());
        expect(atOnce.version()).toEqual(known.version());
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
