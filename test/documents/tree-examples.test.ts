// Examples of document trees run as they stand.
import { describe, expect, it } from 'vitest';
import * as documents from '../../src/documents/index.js';
import { examplesOf, runExample } from '../examples.js';

describe.each(['docs/document-tree.md', 'src/documents/tree.ts', 'src/documents/tree-reader.ts'])(
  'the examples of %s',
  (file) => {
    const examples = examplesOf(file);
    it('are there', () => {
      expect(examples.length).toBeGreaterThan(0);
    });
    it.each(examples)('run: %s', (code) => {
      runExample(code, documents);
    });
  },
);
