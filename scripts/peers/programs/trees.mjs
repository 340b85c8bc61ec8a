// @ts-check
// The document of the comparisons of trees, and its steps as operations of forgebench's.

/** @typedef {import('../../../dist/documents/index.js').DocumentTree} DocumentTree */
/** @typedef {import('../../../dist/documents/index.js').TreeTransaction} TreeTransaction */
/** @typedef {import('../../../dist/documents/index.js').DocumentNode} DocumentNode */
/** @typedef {{ do: string, section: number, index: number, value?: number }} Step */

/**
 * Sections of paragraphs, each with a text.
 *
 * @param {{ sections: number, paragraphs: number, text: string }} shape
 * @returns {DocumentNode}
 */
export function documentOf({ sections, paragraphs, text }) {
  const section = (/** @type {number} */ at) => ({
    type: 'section',
    content: Array.from({ length: paragraphs }, (_, order) => paragraphOf(at * paragraphs + order, text)),
  });
  return { type: 'doc', content: Array.from({ length: sections }, (_, at) => section(at)) };
}

/** @param {number} order @param {string} text */
function paragraphOf(order, text) {
  return { type: 'paragraph', attrs: { order }, content: [{ type: 'text', text }] };
}

/**
 * Steps that know their nodes: a program has them from what it shows or was told.
 *
 * @param {DocumentTree} tree
 * @param {{ text: string, transactions: Step[][] }} input
 * @returns {((edits: TreeTransaction) => void)[][]}
 */
export function resolveSteps(tree, { text, transactions }) {
  const sections = [...tree.children(1)];
  const lists = sections.map((section) => [...tree.children(section)]);
  // Ids are given in order, to each new paragraph and to its text.
  let next = tree.size + 1;
  /** @param {Step} step @returns {(edits: TreeTransaction) => void} */
  const resolve = ({ do: what, section, index, value = 0 }) => {
    const [parent = 0, list = []] = [sections[section], lists[section]];
    const node = list[index] ?? 0;
    if (what === 'set-attribute') return (edits) => edits.setAttribute(node, 'order', value);
    if (what === 'delete') {
      list.splice(index, 1);
      return (edits) => edits.remove(node);
    }
    list.splice(index, 0, next);
    next += 2;
    return (edits) => {
      const created = edits.create('paragraph');
      edits.setAttribute(created, 'order', value);
      const words = edits.create('text');
      edits.setAttribute(words, 'text', text);
      edits.insert(words, created);
      edits.insert(created, parent, index);
    };
  };
  return transactions.map((steps) => steps.map(resolve));
}
