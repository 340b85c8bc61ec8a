// @ts-check
// This project's shared trees, called from JavaScript as everybody calls them.
import { ROOT, SharedTree } from '../../../dist/documents/index.js';

/** @typedef {{ parents: number[], moves: [number, number][], atOnce: [number, number][][] }} Input */

/** The first node that is created; ids are given in order. */
const FIRST = ROOT + 1;

/** @type {Record<string, import('./serve.mjs').Workload>} */
export const SHARED_TREES = {
  'shared-tree-edits': (given) => () => withParents(build(given), given),
  'shared-tree-load': (given) => {
    const bytes = edited(given).snapshot();
    return () => {
      const tree = SharedTree.load(bytes, 'reader');
      return { json: tree.toJSON(), ...withParents(tree, given) };
    };
  },
};

/**
 * All nodes, each with its number, and then all moves.
 *
 * @param {Input} given
 */
function build({ parents, moves }) {
  const tree = new SharedTree('1');
  tree.transact((edits) => {
    for (let at = 0; at < parents.length; at++) {
      const node = edits.create('item', { at });
      edits.insert(node, idOf(parents[at] ?? -1));
    }
  });
  move(tree, moves);
  return tree;
}

/**
 * What several people moved at once, merged.
 *
 * @param {Input} given
 */
function edited(given) {
  const tree = build(given);
  const start = tree.snapshot();
  const others = given.atOnce.map((moves, at) => move(SharedTree.load(start, String(at + 2)), moves));
  for (const other of others) tree.merge(other.changesSince(tree.version()));
  return tree;
}

/** @param {SharedTree} tree @param {[number, number][]} moves */
function move(tree, moves) {
  tree.transact((edits) => {
    for (const [node, parent] of moves) edits.move(idOf(node), idOf(parent));
  });
  return tree;
}

/** @param {number} at the place of a node; -1 is the root */
function idOf(at) {
  return at < 0 ? ROOT : at + FIRST;
}

/** @param {SharedTree} tree @param {Input} given */
function withParents(tree, { parents }) {
  const parentOf = (/** @type {number} */ at) => tree.parent(idOf(at)) ?? ROOT;
  return { tree, toJSON: () => parents.map((_, at) => Math.max(-1, parentOf(at) - FIRST)) };
}
