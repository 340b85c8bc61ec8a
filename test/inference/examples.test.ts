// Examples of statistics run as they stand.
import { expect, it } from 'vitest';
import * as statistics from '../../src/inference/index.js';
import { describeExamples, runExample } from '../examples.js';

const SOURCES = ['sample', 'change-points', 'paired', 'false-discovery-rates', 'familywise-error-rates'];

describeExamples(['docs/statistics.md', ...SOURCES.map((name) => `src/inference/${name}.ts`)], statistics);

it('is no example that runs where it says something wrong', () => {
  expect(() => runExample('1 + 1; // 3', statistics)).toThrow();
});
