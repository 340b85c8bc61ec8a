// @ts-check
// Yjs: all edits in one transaction, and concurrent histories as updates in its second format.
import { readFileSync } from 'node:fs';
import { load } from './package.mjs';
import { serve } from './serve.mjs';

const { Doc, applyUpdate, applyUpdateV2, encodeStateAsUpdateV2 } = load('yjs');

serve({
  edits:
    ({ edits }) =>
    () =>
      write(edits).getText('text').toString(),
  memory:
    ({ edits }) =>
    () => {
      const document = write(edits);
      return { document, toJSON: () => document.getText('text').toString() };
    },
  // An update that was recorded, or one of the transactions.
  merge: ({ update, transactions }) => {
    const bytes = update === null ? updateOf(transactions) : readFileSync(update);
    const name = update === null ? 'text' : nameIn(bytes);
    return () => {
      const document = new Doc({ gc: false });
      applyUpdateV2(document, bytes);
      return document.getText(name).toString();
    };
  },
});

/** @param {[number, number, string][]} edits */
function write(edits) {
  const document = new Doc({ gc: false });
  const text = document.getText('text');
  document.transact(() => {
    for (const patch of edits) edit(text, patch);
  });
  return document;
}

/** @param {any} text @param {[number, number, string]} patch */
function edit(text, [position, deleted, inserted]) {
  if (deleted > 0) text.delete(position, deleted);
  if (inserted !== '') text.insert(position, inserted);
}

/** @param {Buffer} update */
function nameIn(update) {
  const document = new Doc({ gc: false });
  applyUpdateV2(document, update);
  return [...document.share.keys()][0];
}

/**
 * Edits a document for each agent, which learns what its transactions know, and puts all together.
 *
 * @param {{ agent: string, parents: number[], patches: [number, number, string][] }[]} transactions
 */
function updateOf(transactions) {
  /** @type {Map<string, { document: any, known: Set<number> }>} */
  const replicas = new Map();
  /** @type {Uint8Array[]} */
  const updates = [];
  /** @param {string} agent */
  const replicaOf = (agent) => {
    const found = replicas.get(agent) ?? { document: new Doc({ gc: false }), known: new Set() };
    // Yjs orders insertions at the same place by these numbers, which are random otherwise.
    found.document.clientID = Number(agent) + 1;
    replicas.set(agent, found);
    return found;
  };
  transactions.forEach(({ agent, parents, patches }, number) => {
    const { document, known } = replicaOf(agent);
    for (const missing of ancestors(transactions, parents, known)) applyUpdate(document, updates[missing]);
    const changed = (/** @type {Uint8Array} */ update) => updates.push(update);
    document.on('update', changed);
    document.transact(() => {
      for (const patch of patches) edit(document.getText('text'), patch);
    });
    document.off('update', changed);
    if (updates.length === number) updates.push(Uint8Array.of(0, 0));
    known.add(number);
  });
  const all = new Doc({ gc: false });
  for (const update of updates) applyUpdate(all, update);
  return encodeStateAsUpdateV2(all);
}

/** @param {{ parents: number[] }[]} transactions @param {number[]} heads @param {Set<number>} known */
function ancestors(transactions, heads, known) {
  const found = [];
  const waiting = [...heads];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (known.has(next)) continue;
    known.add(next);
    found.push(next);
    waiting.push(...(transactions[next]?.parents ?? []));
  }
  return found.sort((first, second) => first - second);
}
