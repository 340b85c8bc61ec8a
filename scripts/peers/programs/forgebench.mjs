// @ts-check
// The contestant of this project: the engine, called from JavaScript as everybody calls it.
import { DocumentTree } from '../../../dist/documents/index.js';
import { engine, mannWhitneyAsymptotic } from '../../../dist/native/index.js';
import { openCapture } from '../../../dist/profile/index.js';
import { HISTOGRAMS } from './histograms.mjs';
import { records } from './records.mjs';
import { serve } from './serve.mjs';
import { SHARED_TREES } from './shared-trees.mjs';
import { TEXTS } from './texts.mjs';
import { documentOf, resolveSteps } from './trees.mjs';

serve({
  ...TEXTS,
  ...HISTOGRAMS,
  ...SHARED_TREES,
  'records-watched': async (count) => {
    await openCapture('cpu').start();
    return records(count);
  },
  'bootstrap-mean': ({ values, confidence, ...options }) => {
    const sample = Float64Array.from(values);
    return () => ends(engine().bootstrapMean(sample, confidence, 'percentile', options));
  },
  'bootstrap-quantile': ({ values, at, confidence }) => {
    const sample = Float64Array.from(values);
    return () => ends(engine().bootstrapQuantile(sample, at, confidence));
  },
  'mann-whitney': (given) => {
    const [first, second] = [Float64Array.from(given.first), Float64Array.from(given.second)];
    return () => {
      const { u, twoSided } = mannWhitneyAsymptotic(first, second);
      return [u, twoSided];
    };
  },
  density: ({ values, points }) => {
    const sample = Float64Array.from(values);
    return () => [...engine().density(sample, points, 0.05).ys];
  },
  pelt: ({ series, penalty }) => {
    const values = Float64Array.from(series);
    return () => engine().pelt(values, penalty, 1);
  },
  hunter: ({ series, ...options }) => {
    const values = Float64Array.from(series);
    return () => engine().hunter(values, options);
  },
  'e-divisive': ({ series, ...options }) => {
    const values = Float64Array.from(series);
    return () => engine().eDivisive(values, options);
  },
  'tree-edits': (given) => {
    const tree = DocumentTree.fromJSON(documentOf(given));
    const base = tree.version();
    const transactions = resolveSteps(tree, given);
    return () => {
      tree.restore(base);
      const versions = [base];
      for (const steps of transactions) {
        tree.transact((edits) => {
          for (const step of steps) step(edits);
        });
        versions.push(tree.version());
      }
      return versions[versions.length - 1];
    };
  },
  'tree-versions': (given) => () => {
    const tree = DocumentTree.fromJSON(documentOf(given));
    const versions = [tree.version()];
    for (const [step] of resolveSteps(tree, given)) {
      if (step !== undefined) tree.transact(step);
      versions.push(tree.version());
    }
    return Object.assign(versions, { toJSON: () => [versions.length, tree.toJSON()] });
  },
});

/** @param {{ low: number, high: number }} interval */
function ends({ low, high }) {
  return [low, high];
}
