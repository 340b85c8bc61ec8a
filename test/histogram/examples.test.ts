// Examples of histograms run as they stand.
import * as histogram from '../../src/histogram/index.js';
import { describeExamples } from '../examples.js';

const SOURCES = ['compressed', 'create-histogram', 'distribution', 'histogram', 'log-reader', 'log-writer'];

describeExamples(['docs/histogram.md', ...SOURCES.map((name) => `src/histogram/${name}.ts`)], histogram);
