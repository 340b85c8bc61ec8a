// Examples of statistics run as they stand.
import { describe, expect, it } from 'vitest';
import * as statistics from '../../src/inference/index.js';
import { examplesOf, runExample } from '../examples.js';

describe.each([
  'docs/statistics.md',
  'src/inference/sample.ts',
  'src/inference/change-points.ts',
  'src/inference/paired.ts',
  'src/inference/false-discovery-rates.ts',
])('the examples of %s', (file) => {
  const examples = examplesOf(file);
  it('are there', () => {
    expect(examples.length).toBeGreaterThan(0);
  });
  it.each(examples)('run: %s', (code) => {
    runExample(code, statistics);
  });
  it('say something that can be wrong', () => {
    expect(() => runExample('1 + 1; // 3', statistics)).toThrow();
  });
});
