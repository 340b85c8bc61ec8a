// The engine's text documents: typing, merging and loading histories of 100,000 edits.
import { suite } from 'forgebench';

suite('documents', { addon: 'engine' })
  .benchmark('text-batch', {
    why: 'What does an edit cost that came in a batch, with everything that keeps its history? Runs of typing are one insertion.',
    operation: 'one edit of a batch of 100,000',
    category: 'micro',
    targets: ['p50 < 100 ns'],
    tags: ['text', 'batch'],
  })
  .benchmark('text-merge', {
    why: 'What does a remote event cost, from bytes to text, as more authors edit at once? One author needs no merging; with several, what each did not know has to be taken back and repeated.',
    operation: 'one event of 100,000 merged into an empty document',
    category: 'micro',
    parameters: { authors: [1, 2, 8] },
    targets: [{ target: 'p50 < 100 ns', where: { authors: 1 } }],
    tags: ['text', 'merge'],
    profile: { authors: 2 },
  })
  .benchmark('text-load', {
    why: 'What does opening a document cost, with its text alone, and with the history that merging needs?',
    operation: 'one load of a snapshot of 100,000 edits',
    category: 'micro',
    categories: [{ where: { part: 'history' }, category: 'integration' }],
    parameters: { part: ['text', 'history'] },
    tags: ['text', 'snapshot'],
    profile: { part: 'history' },
  });
