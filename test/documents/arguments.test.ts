// What is no argument is said to be none, before Rust takes it for another.
import { describe, expect, it } from 'vitest';
import { DocumentTree, EditBatch, fromTransactions, fromYjs, TextDocument, toYjs } from '../../src/documents/index.js';

function hello(): TextDocument {
  const text = new TextDocument('ada');
  text.insert(0, 'Hello');
  return text;
}

/** Bytes in memory that other threads may write to. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

/** Bytes whose memory went to somebody else. */
function detached(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  structuredClone(copy.buffer, { transfer: [copy.buffer] });
  return copy;
}

const no = (value: unknown): never => value as never;

describe('a text document', () => {
  it.each<[string, () => unknown, string]>([
    ['an agent', () => new TextDocument(no(5)), 'Cannot make a document of the agent 5: it is no string'],
    ['a text', () => hello().insert(0, no(5)), 'Cannot insert 5: it is no string; pass one'],
    ['no text', () => hello().replace(0, 1, no(undefined)), 'Cannot insert undefined: it is no string'],
    ['a snapshot', () => TextDocument.load(no('abc'), 'bob'), "Cannot load a document from 'abc': it is no Uint8Array"],
    ['an ArrayBuffer', () => hello().merge(no(new ArrayBuffer(8))), 'Cannot merge ArrayBuffer'],
    ['a version', () => hello().textAt(no(null)), 'Cannot read the text at null: it is no Uint8Array'],
    ['a version of changes', () => hello().changesSince(no([1])), 'Cannot tell the changes since [ 1 ]'],
    ['a batch', () => hello().apply(no({})), 'what was passed is no EditBatch'],
    [
      'a column',
      () => hello().applyBatch(no([0]), Uint32Array.of(0), Uint32Array.of(0), ''),
      'positions is [ 0 ]; pass',
    ],
    ['room', () => new EditBatch(-1), 'Cannot make room for so many edits: -1: give a whole number'],
  ])('refuses what is no such: %s', (_, make, text) => {
    expect(make).toThrow(text);
  });

  it('is as it was after a text that is none', () => {
    const text = hello();
    expect(() => text.insert(1, no(5))).toThrow(TypeError);
    text.insert(5, '!');
    expect([text.toString(), text.length]).toEqual(['Hello!', 6]);
    const batch = new EditBatch();
    expect(() => batch.add(0, 0, no(5))).toThrow(TypeError);
    batch.add(0, 1, 'J');
    text.apply(batch);
    expect(text.toString()).toBe('Jello!');
  });

  it('takes bytes that other threads may write to, by a copy', () => {
    const snapshot = shared(hello().snapshot());
    expect(TextDocument.load(snapshot, 'bob').toString()).toBe('Hello');
    const text = new TextDocument('bob');
    text.merge(shared(hello().changesSince()));
    expect(text.textAt(shared(text.version()))).toBe('Hello');
  });

  it('refuses bytes that went to somebody else as no such bytes', () => {
    expect(() => TextDocument.load(detached(hello().snapshot()), 'bob')).toThrow('it does not begin as one');
    expect(() => hello().merge(detached(hello().changesSince()))).toThrow('it does not begin as one');
  });

  it('reads columns that are one and the same array', () => {
    const text = hello();
    const ones = Uint32Array.of(1);
    text.applyBatch(ones, ones, ones, 'a');
    expect(text.toString()).toBe('Hallo');
  });
});

describe('texts of Yjs and recorded histories', () => {
  it.each<[string, () => unknown, string]>([
    ['an update', () => fromYjs(no('abc'), 'bob', { name: 'body' }), "Cannot read the Yjs update 'abc'"],
    ['a name', () => toYjs(hello(), { name: no(5) }), 'Cannot find in a document of Yjs what is named 5'],
    [
      'a format',
      () => toYjs(hello(), { name: 'body', format: no('v2') }),
      "Cannot use the format v2 of Yjs: pass 'V1'",
    ],
    ['a client', () => toYjs(hello(), { name: 'body', client: -1 }), 'Cannot write a Yjs update of the client -1'],
    ['a large client', () => toYjs(hello(), { name: 'body', client: 2 ** 53 }), 'give a whole number from 0'],
    [
      'a parent',
      () => fromTransactions([{ agent: 'ada', parents: [2 ** 32], patches: [] }], 'bob'),
      'Cannot find the transaction 4294967296',
    ],
    ['an agent', () => fromTransactions([{ agent: no(5), parents: [], patches: [] }], 'bob'), 'of the agent 5'],
  ])('refuse what is no such: %s', (_, make, text) => {
    expect(make).toThrow(text);
  });
});

describe('a document tree', () => {
  const tree = (): DocumentTree => DocumentTree.fromJSON({ type: 'doc', content: [{ type: 'paragraph' }] });

  it.each([-1, 1.5, NaN, 2 ** 32 + 1, '1', 1.5, undefined])('has no node %s', (node) => {
    expect(tree().has(no(node))).toBe(false);
    if (node === undefined) return;
    expect(() => tree().kind(no(node))).toThrow('Cannot find node');
    expect(() => tree().query({ within: no(node) })).toThrow('Cannot find node');
  });

  it.each<[string, () => unknown, string]>([
    ['a kind', () => new DocumentTree(no(5)), 'Cannot make a document of the kind 5: it is no string'],
    ['a kind of a node', () => tree().transact((edits) => edits.create(no(5))), 'Cannot name a kind, an attribute'],
    ['a version', () => tree().restore(no({})), 'Cannot restore what is no DocumentTree'],
    ['another version', () => tree().diff(no(undefined)), 'what is no DocumentTree'],
    ['a value', () => tree().transact((edits) => edits.setAttribute(2, 'a', no(5n))), 'Cannot hold a bigint'],
    ['a value to look for', () => tree().query({ attribute: 'a', value: no(() => 1) }), 'Cannot query by a function'],
  ])('refuses what is no such: %s', (_, make, text) => {
    expect(make).toThrow(text);
  });

  it('is as it was after a name that is none', () => {
    const document = tree();
    expect(() => document.transact((edits) => edits.setKind(2, no(5)))).toThrow(TypeError);
    document.transact((edits) => edits.setKind(2, 'heading'));
    expect(document.kind(2)).toBe('heading');
  });
});
