// @ts-check
// moduforge-model behind the same border as forgebench's engine: operations in typed arrays, a call for each transaction.
import { serve } from '../serve.mjs';

/** @type {{ exports: any }} */
const addon = { exports: {} };
process.dlopen(addon, process.argv[2] ?? '');

/** What the addon's words begin with. */
const CODES = /** @type {Record<string, number>} */ ({ 'set-attribute': 0, insert: 1, delete: 2 });

/**
 * Steps as columns: code, node, parent and index, and a number for each. Nodes are numbers in the order of their making.
 *
 * @param {{ sections: number, paragraphs: number, transactions: any[][] }} input
 */
function pack({ sections, paragraphs, transactions }) {
  let next = 1;
  const children = Array.from({ length: sections }, () => {
    const parent = next++;
    const list = Array.from({ length: paragraphs }, () => {
      next += 2;
      return next - 2;
    });
    return { parent, list };
  });
  /** @param {any} step */
  const words = (step) => {
    const { parent, list } = children[step.section] ?? { parent: 0, list: [] };
    if (step.do === 'insert') {
      list.splice(step.index, 0, next);
      next += 2;
    }
    const node = list[step.index] ?? 0;
    if (step.do === 'delete') list.splice(step.index, 1);
    return [CODES[step.do] ?? NaN, node, parent, step.index];
  };
  const packed = transactions.map((steps) => ({
    words: Uint32Array.from(steps.flatMap(words)),
    numbers: Float64Array.from(steps, ({ value = 0 }) => value),
  }));
  return { packed, nodes: next };
}

serve({
  'tree-edits': (input) => {
    const { packed, nodes } = pack(input);
    const tree = new addon.exports.Document(input.sections, input.paragraphs, input.text, nodes);
    return () => {
      tree.restart();
      for (const { words, numbers } of packed) tree.transact(words, numbers);
      return { toJSON: () => JSON.parse(tree.json()) };
    };
  },
  'tree-versions': (input) => {
    const { packed, nodes } = pack(input);
    return () => {
      const tree = new addon.exports.Document(input.sections, input.paragraphs, input.text, nodes);
      for (const { words, numbers } of packed) tree.transact(words, numbers);
      return { tree, toJSON: () => [tree.versionCount(), JSON.parse(tree.json())] };
    };
  },
});
