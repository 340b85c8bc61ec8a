// What a text document does with edits, versions, changes and snapshots.
import { describe, expect, it } from 'vitest';
import { EditBatch, TextDocument } from '../../src/documents/index.js';

function textOf(content: string, agent = 'ada'): TextDocument {
  const document = new TextDocument(agent);
  document.insert(0, content);
  return document;
}

describe('TextDocument', () => {
  it('inserts, deletes and replaces', () => {
    const text = textOf('Hello world');
    text.delete(0, 6);
    text.replace(0, 1, 'W');
    text.insert(5, '!');
    expect(text.toString()).toBe('World!');
    expect(text.length).toBe(6);
  });

  it('lets no more than 64 Ki units wait, however long somebody types in one go', () => {
    const flushed: number[] = [];
    const engine = {
      length: () => 0,
      applyUnits: (...columns: { length: number }[]) => flushed.push(columns[3]?.length ?? 0),
    };
    const text = new TextDocument('ada', engine as never);
    for (let position = 0; position < 150_000; position++) text.insert(position, 'x');
    expect(flushed).toEqual([65_536, 65_536]);
  });

  it('counts UTF-16 units and keeps halves of characters', () => {
    const text = textOf('a😀b');
    expect(text.length).toBe(4);
    text.delete(1, 1);
    expect(text.toString()).toBe('a\ude00b');
    const copy = new TextDocument('bob');
    copy.merge(text.changesSince());
    expect(copy.toString()).toBe('a\ude00b');
    expect(TextDocument.load(text.snapshot(), 'cyd').toString()).toBe('a\ude00b');
  });

  it.each([
    [-1, 0],
    [6, 0],
    [3, 3],
    [0.5, 0],
    [NaN, 0],
    [0, -1],
    [2 ** 32, 0],
  ])('refuses to delete at %s %s units of five, and stays as it was', (position, count) => {
    const text = textOf('Hello');
    expect(() => text.delete(position, count)).toThrow(RangeError);
    expect(text.toString()).toBe('Hello');
  });

  it('makes all edits of a batch or none, and names the one that does not fit', () => {
    const text = textOf('Hello');
    const batch = new EditBatch();
    batch.add(0, 5, '');
    batch.add(1, 0, 'x');
    expect(() => text.apply(batch)).toThrow('edit 1 deletes 0 units at 1, and it has 0');
    expect(text.toString()).toBe('Hello');
  });

  it('refuses columns and texts of other lengths', () => {
    const text = textOf('Hello');
    const [one, two] = [Uint32Array.of(0), Uint32Array.of(0, 0)];
    expect(() => text.applyBatch(one, two, one, '')).toThrow('1 positions, 2 deletions and 1 insertions');
    expect(() => text.applyBatch(one, one, Uint32Array.of(2), 'x')).toThrow('insert 2 units, and the text has 1');
    expect(text.toString()).toBe('Hello');
  });

  it('makes more edits than wait at once', () => {
    const text = new TextDocument('ada');
    const batch = new EditBatch();
    let known = '';
    for (let index = 0; index < 5000; index++) {
      const [position, letter] = [(index * 7919) % (known.length + 1), String.fromCharCode(97 + (index % 26))];
      text.insert(position, letter);
      batch.add(position, 0, letter);
      known = known.slice(0, position) + letter + known.slice(position);
    }
    expect(text.toString()).toBe(known);
    const atOnce = new TextDocument('bob');
    atOnce.apply(batch);
    expect(atOnce.toString()).toBe(known);
  });

  it('merges what two edited at once into the same text on both sides', () => {
    const ada = textOf('Hello');
    const bob = new TextDocument('bob');
    bob.merge(ada.changesSince(bob.version()));
    bob.insert(5, ' world');
    ada.replace(0, 5, 'Goodbye');
    ada.merge(bob.changesSince(ada.version()));
    bob.merge(ada.changesSince(bob.version()));
    expect(ada.toString()).toBe('Goodbye world');
    expect(bob.toString()).toBe('Goodbye world');
    // Merging once more changes nothing.
    bob.merge(ada.changesSince());
    expect(bob.toString()).toBe('Goodbye world');
  });

  it('reads earlier versions', () => {
    const text = textOf('Hello');
    const before = text.version();
    text.delete(0, 5);
    expect(text.textAt(before)).toBe('Hello');
    expect(text.toString()).toBe('');
    expect(() => new TextDocument('bob').textAt(before)).toThrow('events of "ada" from 0 on, which are not here');
  });

  it('goes on from a snapshot with all of its history', () => {
    const text = textOf('Hello');
    const before = text.version();
    text.delete(0, 1);
    const loaded = TextDocument.load(text.snapshot(), 'bob');
    expect(loaded.length).toBe(4);
    loaded.insert(0, 'J');
    text.merge(loaded.changesSince(text.version()));
    expect(text.toString()).toBe('Jello');
    expect(loaded.textAt(before)).toBe('Hello');
  });

  it.each(['load', 'merge', 'changesSince'] as const)('refuses what is not its own in %s', (method) => {
    const bytes = new TextEncoder().encode('something else');
    const call = (): unknown => (method === 'load' ? TextDocument.load(bytes, 'ada') : textOf('Hello')[method](bytes));
    expect(call).toThrow(/^Cannot read the (snapshot|changes|version): it does not begin as one/);
  });

  it('takes in a snapshot as it takes in changes, whatever it knows already', () => {
    const alice = textOf('Hello', 'alice');
    const bob = new TextDocument('bob');
    bob.merge(alice.snapshot());
    expect([bob.toString(), bob.length]).toEqual(['Hello', 5]);
    bob.insert(5, ' world');
    alice.replace(0, 5, 'Goodbye');
    bob.merge(alice.snapshot());
    alice.merge(bob.snapshot());
    alice.merge(bob.snapshot());
    expect([alice.toString(), bob.toString()]).toEqual(['Goodbye world', 'Goodbye world']);
    expect(alice.version()).toEqual(bob.version());
  });

  it('keeps what it has where a snapshot that it is to take in is damaged', () => {
    const bytes = textOf('Hello', 'alice').snapshot();
    const bob = textOf('world', 'bob');
    for (const end of bytes.keys()) expect(() => bob.merge(bytes.subarray(0, end))).toThrow(/^Cannot read the /);
    expect(bob.toString()).toBe('world');
    bob.merge(bytes);
    expect(bob.length).toBe(10);
  });

  it('wants a name for who edits', () => {
    expect(() => new TextDocument('')).toThrow(TypeError);
  });
});
