// @ts-check
// Automerge: all edits in one change.
import { load } from './package.mjs';
import { serve } from './serve.mjs';

const { change, free, from, splice } = load('@automerge/automerge');

serve({
  edits:
    ({ edits }) =>
    () => {
      const document = write(edits);
      const text = document.text;
      free(document);
      return text;
    },
  memory:
    ({ edits }) =>
    () => {
      const document = write(edits);
      return { document, toJSON: () => document.text };
    },
});

/** @param {[number, number, string][]} edits */
function write(edits) {
  return change(from({ text: '' }), (/** @type {any} */ draft) => {
    for (const [position, deleted, inserted] of edits) splice(draft, ['text'], position, deleted, inserted);
  });
}
