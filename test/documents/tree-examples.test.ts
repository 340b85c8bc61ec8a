// Examples of document trees run as they stand.
import * as documents from '../../src/documents/index.js';
import { describeExamples } from '../examples.js';

describeExamples(
  ['docs/document-tree.md', 'src/documents/tree.ts', 'src/documents/tree-editor.ts', 'src/documents/tree-reader.ts'],
  documents,
);
