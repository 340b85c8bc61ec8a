// The browser program of a flame graph: reads what flame-html.ts wrote and draws it.
import type { FlameData, FlameThread } from '../flame-data.js';
import { drawnTree } from './tree.js';
import { openViewer, pageData } from './viewer.js';

const data = pageData<FlameData>();

openViewer(document.getElementById('flame') as HTMLElement, {
  unit: data.unit,
  threads: data.threads.map(({ name, javascript, samples }, index) => ({
    id: String(index),
    words: `${name}${javascript ? ' (JavaScript)' : ''}, ${samples} samples`,
  })),
  views: [{ id: 'all', words: 'all samples' }],
  tree: (thread) => drawnTree(data, data.threads[thread] as FlameThread),
});
