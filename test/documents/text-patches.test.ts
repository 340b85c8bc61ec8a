// What makes the text of one version into that of another, and where positions go.
import { describe, expect, it } from 'vitest';
import { generator } from '../../scripts/random.js';
import { movePosition, TextDocument, type TextPatch } from '../../src/documents/index.js';

function textOf(content: string, agent = 'ada'): TextDocument {
  const document = new TextDocument(agent);
  document.insert(0, content);
  return document;
}

/** Another replica that knows all of a document. */
function copyOf(document: TextDocument, agent: string): TextDocument {
  const copy = new TextDocument(agent);
  copy.merge(document.changesSince());
  return copy;
}

/** Patches that a merge of all that another has makes. */
function mergePatches(document: TextDocument, other: TextDocument): TextPatch[] {
  const before = document.version();
  document.merge(other.changesSince(before));
  return document.patches(before);
}

function patched(text: string, patches: TextPatch[]): string {
  let result = text;
  for (const { position, deleted, inserted } of patches)
    result = result.slice(0, position) + inserted + result.slice(position + deleted);
  return result;
}

/** The same whole numbers each time, below a limit. */
function randomOf(seed: number): (limit: number) => number {
  const random = generator(seed);
  return (limit) => Math.floor(random() * limit);
}

/** Four replicas that edit, in letters that never come twice, and learn of each other. */
function edited(seed: number, see: (replica: TextDocument) => void): TextDocument[] {
  const random = randomOf(seed);
  const replicas = ['ada', 'bob', 'cyd', 'dan'].map((agent) => new TextDocument(agent));
  const any = (): TextDocument => replicas[random(4)] as TextDocument;
  for (let step = 0, letter = 0x4e00; step < 40; step++) {
    const replica = any();
    const position = random(Math.min(replica.length, 8) + 1);
    const inserted = String.fromCharCode(...Array.from({ length: random(4) }, () => letter++));
    replica.replace(position, random(Math.min(replica.length - position, 3) + 1), inserted);
    see(replica);
    if (random(2) === 0) any().merge(replica.changesSince());
  }
  return replicas;
}

describe('patches of a text', () => {
  it('say what a merge changed', () => {
    const ada = textOf('Hello world');
    const bob = copyOf(ada, 'bob');
    ada.insert(0, '> ');
    bob.replace(0, 5, 'Goodbye');
    bob.insert(bob.length, '!');
    expect(mergePatches(ada, bob)).toEqual([
      { position: 2, deleted: 5, inserted: 'Goodbye' },
      { position: 15, deleted: 0, inserted: '!' },
    ]);
    expect(ada.toString()).toBe('> Goodbye world!');
    expect(mergePatches(ada, bob)).toEqual([]);
  });

  it('tell letters that look the same apart', () => {
    const ada = textOf('aaaa');
    const bob = copyOf(ada, 'bob');
    bob.insert(1, 'a');
    bob.delete(3, 1);
    expect(mergePatches(ada, bob)).toEqual([
      { position: 1, deleted: 0, inserted: 'a' },
      { position: 3, deleted: 1, inserted: '' },
    ]);
  });

  it('leave out what was inserted and deleted again', () => {
    const ada = textOf('Hello');
    const before = ada.version();
    ada.insert(5, ' you');
    ada.delete(2, 7);
    expect(ada.patches(before)).toEqual([{ position: 2, deleted: 3, inserted: '' }]);
  });

  it('take back what was done, with text that had been deleted', () => {
    const ada = textOf('Hello world');
    const before = ada.version();
    ada.replace(0, 5, 'Goodbye');
    ada.delete(10, 2);
    const now = ada.version();
    expect(ada.patches(now, before)).toEqual([
      { position: 0, deleted: 7, inserted: 'Hello' },
      { position: 8, deleted: 0, inserted: 'rl' },
    ]);
    for (const { position, deleted, inserted } of ada.patches(now, before)) ada.replace(position, deleted, inserted);
    expect(ada.toString()).toBe('Hello world');
  });

  it('lead from one replica’s version to that of another, where both know something of their own', () => {
    const ada = textOf('Hello');
    const bob = copyOf(ada, 'bob');
    ada.replace(0, 1, 'J');
    bob.insert(5, '!');
    const [from, to] = [ada.version(), bob.version()];
    bob.merge(ada.changesSince());
    const patches = bob.patches(from, to);
    expect(patches).toEqual([
      { position: 0, deleted: 1, inserted: 'H' },
      { position: 5, deleted: 0, inserted: '!' },
    ]);
    expect(patched('Jello', patches)).toBe('Hello!');
  });

  it('count UTF-16 units and keep halves of characters', () => {
    const ada = textOf('a😀b');
    const before = ada.version();
    ada.delete(1, 1);
    expect(ada.patches(before)).toEqual([{ position: 1, deleted: 1, inserted: '' }]);
    expect(ada.patches(ada.version(), before)).toEqual([{ position: 1, deleted: 0, inserted: '\ud83d' }]);
  });

  it('insert all of a snapshot that a new document takes in', () => {
    const bob = new TextDocument('bob');
    const before = bob.version();
    expect(bob.patches(before)).toEqual([]);
    bob.merge(textOf('Hello').snapshot());
    expect(bob.patches(before)).toEqual([{ position: 0, deleted: 0, inserted: 'Hello' }]);
    const now = bob.version();
    bob.insert(5, '!');
    expect(bob.patches(now)).toEqual([{ position: 5, deleted: 0, inserted: '!' }]);
  });

  it.each([...Array(30).keys()])('make any version of a random history into any other (seed %i)', (seed) => {
    const seen: [Uint8Array, string][] = [];
    const [ada, ...others] = edited(seed, (replica) => seen.push([replica.version(), replica.toString()]));
    for (const other of others) ada?.merge(other.changesSince());
    for (const [from, before] of seen.filter((_, index) => index % 5 === 0))
      for (const [to, after] of seen) expect(patched(before, ada?.patches(from, to) ?? [])).toBe(after);
  });

  it('refuse versions that the replica does not know, and what is none', () => {
    const ada = textOf('Hello');
    const bob = copyOf(ada, 'bob');
    bob.insert(0, '!');
    expect(() => ada.patches(bob.version())).toThrow(
      'Cannot use the version: it knows events of "bob" from 0 on, which are not here; merge',
    );
    expect(() => ada.patches(ada.version(), bob.version())).toThrow('which are not here');
    expect(() => ada.patches(ada.changesSince())).toThrow('Cannot read the version');
  });
});

describe('movePosition', () => {
  const replaced = [{ position: 2, deleted: 3, inserted: 'xy' }];
  it.each([
    ['before a replaced stretch', 1, 1, 1],
    ['at its begin', 2, 2, 2],
    ['inside', 3, 2, 4],
    ['at its end', 5, 4, 4],
    ['behind it', 6, 5, 5],
  ])('keeps a position %s at its place', (_, position, before, after) => {
    expect(movePosition(position, replaced)).toBe(before);
    expect(movePosition(position, replaced, 'after')).toBe(after);
  });

  it('lets the side decide where text is inserted at the position alone', () => {
    const inserted = [{ position: 2, deleted: 0, inserted: 'xy' }];
    expect([1, 2, 3].map((position) => movePosition(position, inserted))).toEqual([1, 2, 5]);
    expect([1, 2, 3].map((position) => movePosition(position, inserted, 'after'))).toEqual([1, 4, 5]);
  });

  it('goes through patches one after another', () => {
    const patches = [
      ...replaced,
      { position: 0, deleted: 1, inserted: '' },
      { position: 3, deleted: 0, inserted: '!' },
    ];
    expect(movePosition(6, patches)).toBe(5);
  });

  it.each([...Array(20).keys()])('stays beside a letter as long as it is there (seed %i)', (seed) => {
    const ada = textOf('abcdefghijklmnop');
    const eve = copyOf(ada, 'eve');
    const [random, before] = [randomOf(seed), ada.toString()];
    for (let index = 0; index < 8; index++)
      eve.replace(random(eve.length - 1), random(3), ['', `${index}`][index % 2] ?? '');
    const patches = mergePatches(ada, eve);
    const after = ada.toString();
    for (const [position, letter] of [...before].entries()) {
      if (!after.includes(letter)) continue;
      expect(after[movePosition(position, patches, 'after')]).toBe(letter);
      expect(after[movePosition(position + 1, patches, 'before') - 1]).toBe(letter);
    }
  });
});
