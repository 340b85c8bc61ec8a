// @ts-check
// Loro, compiled to WebAssembly: all edits in one commit.
import { load } from './package.mjs';
import { serve } from './serve.mjs';

const { LoroDoc } = load('loro-crdt');

serve({
  edits:
    ({ edits }) =>
    () => {
      const document = write(edits);
      const text = document.getText('text').toString();
      document.free();
      return text;
    },
  memory:
    ({ edits }) =>
    () => {
      const document = write(edits);
      return { document, toJSON: () => document.getText('text').toString() };
    },
  load: ({ edits }) => {
    const bytes = write(edits).export({ mode: 'snapshot' });
    return () => {
      const loaded = LoroDoc.fromSnapshot(bytes);
      const text = loaded.getText('text').toString();
      loaded.free();
      return { text, bytes: bytes.length };
    };
  },
  'tree-edits': (given) => () => withParents(build(given), given),
  'tree-load': (given) => {
    const bytes = edited(given).export({ mode: 'snapshot' });
    return () => {
      const document = LoroDoc.fromSnapshot(bytes);
      return { json: document.getTree('tree').toJSON(), ...withParents(document, given) };
    };
  },
});

/** @typedef {{ parents: number[], moves: [number, number][], atOnce: [number, number][][] }} Input */

/**
 * All nodes, each with its number, and then all moves.
 *
 * @param {Input} given
 */
function build({ parents, moves }) {
  const document = new LoroDoc();
  document.setPeerId('1');
  const tree = document.getTree('tree');
  tree.enableFractionalIndex(0);
  /** @type {any[]} */
  const nodes = [];
  for (let at = 0; at < parents.length; at++) {
    const node = tree.createNode(nodes[parents[at] ?? -1]?.id);
    node.data.set('at', at);
    nodes.push(node);
  }
  move(document, moves);
  return document;
}

/**
 * What several people moved at once, merged.
 *
 * @param {Input} given
 */
function edited(given) {
  const document = build(given);
  const start = document.export({ mode: 'snapshot' });
  const others = given.atOnce.map((moves, at) => {
    const other = LoroDoc.fromSnapshot(start);
    other.setPeerId(String(at + 2));
    return move(other, moves);
  });
  for (const other of others) document.import(other.export({ mode: 'update', from: document.version() }));
  return document;
}

/**
 * Nodes are named by who created them and the operation that did: each node takes one for itself and one for its number.
 *
 * @param {any} document
 * @param {[number, number][]} moves
 */
function move(document, moves) {
  const tree = document.getTree('tree');
  const idOf = (/** @type {number} */ at) => (at < 0 ? undefined : `${2 * at}@1`);
  for (const [node, parent] of moves) tree.move(idOf(node), idOf(parent));
  document.commit();
  return document;
}

/** @param {any} document @param {Input} given */
function withParents(document, { parents }) {
  const tree = document.getTree('tree');
  const parentOf = (/** @type {number} */ at) => tree.getNodeByID(`${2 * at}@1`).parent()?.id ?? '-2@1';
  return { document, toJSON: () => parents.map((_, at) => Number(parentOf(at).split('@')[0]) / 2) };
}

/** @param {[number, number, string][]} edits */
function write(edits) {
  const document = new LoroDoc();
  const text = document.getText('text');
  for (const [position, deleted, inserted] of edits) {
    if (deleted > 0) text.delete(position, deleted);
    if (inserted !== '') text.insert(position, inserted);
  }
  document.commit();
  return document;
}
