// The browser program of a differential flame graph: both sides in one tree, and a table of all functions.
import type { DifferentialData, DifferentialNode, DifferentialThread } from '../differential-data.js';
import { changeTable } from './change-table.js';
import type { Drawn } from './tree.js';
import { openViewer, pageData } from './viewer.js';

/** How wide a node is: what it weighs on one side, all of it or only stacks that the other side has not. */
const WIDTHS: Readonly<Record<string, { side: 0 | 1; only: boolean; words: string }>> = {
  head: { side: 1, only: false, words: 'head' },
  base: { side: 0, only: false, words: 'base' },
  'only-head': { side: 1, only: true, words: 'only in head: new stacks' },
  'only-base': { side: 0, only: true, words: 'only in base: stacks that are gone' },
};

const data = pageData<DifferentialData>();
const page = document.getElementById('flame') as HTMLElement;

const viewer = openViewer(page, {
  unit: data.unit,
  threads: data.threads.map(({ name, javascript, samples: [base, head] }, index) => ({
    id: String(index),
    words: `${name}${javascript ? ' (JavaScript)' : ''}, ${base} and ${head} samples`,
  })),
  views: Object.entries(WIDTHS).map(([id, { words }]) => ({ id, words })),
  tree: drawnView,
  sampleWeights(thread) {
    const { samples, weights } = data.threads[thread] as DifferentialThread;
    return [weights[0] / (samples[0] || 1), weights[1] / (samples[1] || 1)];
  },
});
page.append(changeTable(data, viewer.search));

function drawnView(thread: number, view: string): Drawn {
  const { name, weights, roots } = data.threads[thread] as DifferentialThread;
  const { side, only, words } = WIDTHS[view] as (typeof WIDTHS)[string];
  const children = roots.flatMap((node) => drawn(node, side, only));
  return {
    fn: { name: `${name}, ${words}`, origin: 'unknown' },
    // Where no stack is on one side alone, there is still something to point at.
    value: (only ? children.reduce((sum, { value }) => sum + value, 0) : weights[side]) || Number.MIN_VALUE,
    pair: weights,
    children,
  };
}

/** What a node is in a view: nothing where it has no width. */
function drawn([fn, base, head, below]: DifferentialNode, side: 0 | 1, only: boolean): Drawn[] {
  const pair: [number, number] = [base, head];
  const children = below.flatMap((child) => drawn(child, side, only));
  const isShown = !only || pair[1 - side] === 0;
  const value = isShown ? pair[side] : children.reduce((sum, child) => sum + child.value, 0);
  return value > 0 ? [{ fn: data.functions[fn] as Drawn['fn'], value, pair, children }] : [];
}
