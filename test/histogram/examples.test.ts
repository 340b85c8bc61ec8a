// Examples of histograms run as they stand.
import { describe, expect, it } from 'vitest';
import * as histogram from '../../src/histogram/index.js';
import { examplesOf, runExample } from '../examples.js';

describe.each([
  'docs/histogram.md',
  'src/histogram/compressed.ts',
  'src/histogram/create-histogram.ts',
  'src/histogram/distribution.ts',
  'src/histogram/histogram.ts',
  'src/histogram/log-reader.ts',
  'src/histogram/log-writer.ts',
])('the examples of %s', (file) => {
  const examples = examplesOf(file);
  it('are there', () => {
    expect(examples.length).toBeGreaterThan(0);
  });
  it.each(examples)('run: %s', (code) => {
    runExample(code, histogram);
  });
});
