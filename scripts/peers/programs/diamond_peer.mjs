// @ts-check
// diamond-types, compiled to WebAssembly: a call for each edit, which is all that it offers.
import { load } from './package.mjs';
import { serve } from './serve.mjs';

const { Doc } = load('diamond-types-node');

serve({
  edits:
    ({ edits }) =>
    () => {
      const document = write(edits);
      const text = document.get();
      document.free();
      return text;
    },
  memory:
    ({ edits }) =>
    () => {
      const document = write(edits);
      return { document, toJSON: () => document.get() };
    },
  load: ({ edits }) => {
    const document = write(edits);
    const bytes = document.toBytes();
    return () => {
      const loaded = Doc.fromBytes(bytes, 'reader');
      const text = loaded.get();
      loaded.free();
      return { text, bytes: bytes.length };
    };
  },
});

/** @param {[number, number, string][]} edits */
function write(edits) {
  const document = new Doc('writer');
  for (const [position, deleted, inserted] of edits) {
    if (deleted > 0) document.del(position, deleted);
    if (inserted !== '') document.ins(position, inserted);
  }
  return document;
}
