// The browser program of a flame graph: reads what flame-html.ts wrote and draws it.
import type { FlameData, FlameThread } from '../flame-data.js';
import { drawnTree } from './tree.js';
import { openViewer, pageData } from './viewer.js';

const data = pageData<FlameData>();

/** The thread that a link to this page names, as `#thread=` and its encoded name. */
function named(hash: string): string | undefined {
  const index = data.threads.findIndex(({ name }) => hash === `#thread=${encodeURIComponent(name)}`);
  return index < 0 ? undefined : String(index);
}

openViewer(document.getElementById('flame') as HTMLElement, {
  unit: data.unit,
  threads: data.threads.map(({ name, javascript, samples }, index) => ({
    id: String(index),
    words: `${name}${javascript ? ' (JavaScript)' : ''}, ${samples} samples`,
  })),
  thread: named(location.hash),
  views: [{ id: 'all', words: 'all samples' }],
  tree: (thread) => drawnTree(data, data.threads[thread] as FlameThread),
});
