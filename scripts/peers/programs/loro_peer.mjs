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
});

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
