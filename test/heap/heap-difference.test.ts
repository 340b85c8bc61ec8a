// What a heap gained, by constructor and by source.
import { describe, expect, it } from 'vitest';
import { heapDifference } from '../../src/heap/index.js';
import { holder, NAMING, series } from './sample-heaps.js';

const options = { ...NAMING, sourceOf: (file: string) => file.split('/').at(-1) as string };
const total = (bytes: number) => ({ nodes: 1, edges: 1, bytes });

const entry = series({
  file: 'file:///project/entry.js',
  line: 2,
  counts: [1, 2, 3],
  selfBytes: [40, 80, 120],
  retainedBytes: [64, 128, 192],
  holders: [holder([1, 1])],
});
const text = series({
  name: '(string)',
  kind: 'string',
  counts: [5, 6, 7],
  selfBytes: [50, 60, 70],
  holders: entry.holders,
});
const code = series({ name: 'system / Map', kind: 'internal', counts: [1, 2, 2], selfBytes: [8, 16, 16] });
const middle = series({ name: 'Passing', counts: [1, 9, 1] });

describe('the difference of two heaps', () => {
  const {
    total: all,
    classes,
    sources,
  } = heapDifference(
    { snapshots: [total(1000), total(1100), total(1200)], classes: [entry, text, code, middle] },
    options,
  );

  it('is that of the first snapshot and the last', () => {
    expect(all).toEqual({ before: 1000, after: 1200 });
    expect(classes[0]).toEqual({
      name: 'Entry',
      kind: 'object',
      source: 'entry.js',
      place: 'entry.js:2',
      count: { before: 1, after: 3 },
      selfBytes: { before: 40, after: 120 },
      retainedBytes: { before: 64, after: 192 },
      heldBy: 'Map in cache (store.js:cache)',
      way: 'cache: Map → (array) → Entry',
    });
    expect(classes.map(({ name }) => name)).not.toContain('Passing');
  });

  it('books what has no constructor to the source that holds it, and code to V8', () => {
    expect(sources).toEqual([
      { source: 'entry.js', count: { before: 1, after: 3 }, selfBytes: { before: 40, after: 120 } },
      { source: 'store.js', count: { before: 5, after: 7 }, selfBytes: { before: 50, after: 70 } },
      { source: 'V8', count: { before: 1, after: 2 }, selfBytes: { before: 8, after: 16 } },
    ]);
  });
});
