// Machines that share the work measure every benchmark once.
import { describe, expect, it } from 'vitest';
import { parseShard, takeShard } from '../../src/definition/index.js';
import { benchmarkOf, caseOf } from '../statistics/case.js';

const SELECTIONS = Array.from({ length: 7 }, (_, index) => {
  const cases = [caseOf({ n: 1 }), caseOf({ n: 2 })];
  return { benchmark: benchmarkOf(cases, { id: `demo/${index}` }), cases };
});

describe('takeShard', () => {
  it('gives every benchmark to exactly one part, with all of its cases', () => {
    const parts = [1, 2, 3].map((index) => takeShard(SELECTIONS, { index, count: 3 }));
    const ids = parts.flatMap((part) => part.map(({ benchmark }) => benchmark.id));
    expect(ids.toSorted()).toEqual(SELECTIONS.map(({ benchmark }) => benchmark.id));
    expect(parts.map((part) => part.length)).toEqual([3, 2, 2]);
    expect(parts.flat().every(({ cases }) => cases.length === 2)).toBe(true);
  });

  it.each(['0/3', '4/3', '1', 'a/b', '1/0', '-1/2', '1.5/2'])('refuses %s', (text) => {
    expect(() => parseShard(text)).toThrow(/I\/N/);
  });
});
