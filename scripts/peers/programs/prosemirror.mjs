// @ts-check
// ProseMirror: transforms of a document, as an editor makes them.
import { load } from './package.mjs';
import { serve } from './serve.mjs';

const { Schema } = load('prosemirror-model');
const { Transform } = load('prosemirror-transform');

const schema = new Schema({
  nodes: {
    doc: { content: 'section*' },
    section: { content: 'paragraph*' },
    paragraph: { content: 'text*', attrs: { order: { default: 0 } } },
    text: {},
  },
});

/** @param {number} order @param {string} text */
const paragraph = (order, text) => schema.node('paragraph', { order }, schema.text(text));

/** @param {{ sections: number, paragraphs: number, text: string }} shape */
function document({ sections, paragraphs, text }) {
  const section = (/** @type {unknown} */ _, /** @type {number} */ at) =>
    schema.node(
      'section',
      null,
      Array.from({ length: paragraphs }, (_, order) => paragraph(at * paragraphs + order, text)),
    );
  return schema.node('doc', null, Array.from({ length: sections }, section));
}

/** Where a paragraph begins, or would begin. @param {any} doc @param {{ section: number, index: number }} place */
function position(doc, { section, index }) {
  let at = 0;
  for (let before = 0; before < section; before++) at += doc.child(before).nodeSize;
  for (let before = 0; before < index; before++) at += doc.child(section).child(before).nodeSize;
  return at + 1;
}

/** A step that knows its position. @param {any} doc @param {any} step @param {string} text @returns {(tr: any) => void} */
function resolve(doc, step, text) {
  const at = position(doc, step);
  if (step.do === 'set-attribute') return (tr) => tr.setNodeAttribute(at, 'order', step.value);
  if (step.do === 'insert') return (tr) => tr.insert(at, paragraph(step.value, text));
  const end = at + doc.child(step.section).child(step.index).nodeSize;
  return (tr) => tr.delete(at, end);
}

/**
 * Positions are looked up once: an editor has them from its selection.
 *
 * @param {any} base
 * @param {{ text: string, transactions: any[][] }} input
 */
function resolveAll(base, { text, transactions }) {
  let doc = base;
  return transactions.map((steps) =>
    steps.map((step) => {
      const run = resolve(doc, step, text);
      const tr = new Transform(doc);
      run(tr);
      doc = tr.doc;
      return run;
    }),
  );
}

serve({
  'tree-edits': (input) => {
    const base = document(input);
    const transactions = resolveAll(base, input);
    return () => {
      const versions = [base];
      for (const steps of transactions) {
        const tr = new Transform(versions[versions.length - 1]);
        for (const step of steps) step(tr);
        versions.push(tr.doc);
      }
      return versions[versions.length - 1];
    };
  },
  'tree-versions': (input) => () => {
    const versions = [document(input)];
    for (const [step] of input.transactions) {
      const doc = versions[versions.length - 1];
      const tr = new Transform(doc);
      resolve(doc, step, input.text)(tr);
      versions.push(tr.doc);
    }
    return Object.assign(versions, { toJSON: () => [versions.length, versions[versions.length - 1].toJSON()] });
  },
});
