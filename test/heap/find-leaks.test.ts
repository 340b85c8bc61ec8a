// Slopes that are leaks, and growth that is none.
import { describe, expect, it } from 'vitest';
import { type ClassSeries, findLeaks } from '../../src/heap/index.js';
import { holder, NAMING, series } from './sample-heaps.js';

const find = (classes: ClassSeries[], iterations = [1000, 2000, 3000]) =>
  findLeaks({ snapshots: [], classes }, { ...NAMING, iterations });

describe('a leak', () => {
  it('is what is born evenly at every step and stays, by its holder', () => {
    const entry = series({ counts: [1000, 2000, 3000], holders: [holder([1000, 1000], undefined, 80_000)] });
    expect(find([entry])).toEqual([
      {
        holder: 'Map in cache (store.js:cache)',
        way: 'cache: Map → (array) → Entry',
        gathered: [{ name: 'Entry', objectsPerIteration: 1, bytesPerIteration: 40 }],
        bytesPerIteration: 40,
      },
    ]);
  });

  it('is counted by iterations where steps are not of one length', () => {
    const entry = series({ counts: [100, 400, 500], holders: [holder([300, 100])] });
    expect(find([entry], [100, 400, 500])).toHaveLength(1);
    expect(find([entry])).toEqual([]);
  });

  it('of several classes behind one holder is one', () => {
    const grown = { counts: [1000, 2000, 3000], holders: [holder([1000, 1000])] };
    const [leak, ...others] = find([series(grown), series({ ...grown, name: '(string)', kind: 'string' })]);
    expect(leak?.gathered.map(({ name }) => name)).toEqual(['Entry', '(string)']);
    expect(others).toEqual([]);
  });

  it('of numbers is seen by the storage that grows', () => {
    const storage = { kind: 'array' as const, selfBytes: [10_000, 18_000, 27_000], counts: [5, 5, 5] };
    const [leak] = find([series({ ...storage, holders: [holder([0, 1], undefined, 26_000)] })]);
    expect(leak?.gathered).toEqual([{ name: 'storage', objectsPerIteration: 0.0005, bytesPerIteration: 8.5 }]);
  });

  it.each<[string, Partial<ClassSeries>]>([
    ['a cache that filled once', { counts: [1000, 6000, 6000], holders: [holder([5000, 0])] }],
    ['a cache that replaces what it holds', { counts: [1000, 1000, 1000], holders: [holder([500, 500])] }],
    ['growth that slows down', { counts: [1000, 2000, 2300], holders: [holder([1000, 300])] }],
    ['a handful of objects', { counts: [10, 13, 16], holders: [holder([3, 3])] }],
    ['code of V8', { kind: 'internal', counts: [1000, 2000, 3000], holders: [holder([1000, 1000])] }],
    ['storage that grew once', { kind: 'array', selfBytes: [1e4, 1e5, 1e5], holders: [holder([1, 0])] }],
    ['storage of V8 that grows slowly', { kind: 'array', selfBytes: [1e4, 1.1e4, 1.2e4], holders: [holder([1, 1])] }],
  ])('is not %s', (_what, rest) => {
    expect(find([series(rest)])).toEqual([]);
  });
});
