// @ts-check
// This project's texts, called from JavaScript as everybody calls them.
import { EditBatch, fromTransactions, TextDocument } from '../../../dist/documents/index.js';

/** @type {Record<string, import('./serve.mjs').Workload>} */
export const TEXTS = {
  'text-batch':
    ({ edits }) =>
    () =>
      write(edits).toString(),
  'text-memory':
    ({ edits }) =>
    () => {
      const document = write(edits);
      document.toString();
      return { document, toJSON: () => document.toString() };
    },
  'text-edits':
    ({ edits }) =>
    () => {
      const document = new TextDocument('writer');
      for (const [position, deleted, inserted] of edits) document.replace(position, deleted, inserted);
      return document.toString();
    },
  'text-merge': ({ transactions }) => merges(fromTransactions(transactions, 'writer').snapshot()),
  'text-replay': ({ transactions }) => merges(fromTransactions(transactions, 'writer').changesSince()),
  'text-load': ({ edits }) => {
    const bytes = write(edits).snapshot();
    return () => ({ text: TextDocument.load(bytes, 'reader').toString(), bytes: bytes.length });
  },
};

/** @param {Uint8Array} bytes */
function merges(bytes) {
  return () => {
    const document = new TextDocument('reader');
    document.merge(bytes);
    return document.toString();
  };
}

/**
 * Making the batch is part of the work.
 *
 * @param {[number, number, string][]} edits
 */
function write(edits) {
  const batch = new EditBatch();
  for (const [position, deleted, inserted] of edits) batch.add(position, deleted, inserted);
  const document = new TextDocument('writer');
  document.apply(batch);
  return document;
}
