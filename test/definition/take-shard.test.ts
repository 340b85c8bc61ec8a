// Machines that share the work measure every benchmark once.
import { describe, expect, it } from 'vitest';
import { parseShard, takeShard, takeShardOfBoth } from '../../src/definition/index.js';
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

describe('takeShardOfBoth', () => {
  const [head, base] = [SELECTIONS.slice(0, 5), SELECTIONS.slice(2)];
  const parts = [1, 2, 3].map((index) => takeShardOfBoth({ base, head }, { index, count: 3 }));
  const idsOf = (side: 'base' | 'head') => parts.flatMap((part) => part[side].map(({ benchmark }) => benchmark.id));

  it('gives every benchmark of either side to exactly one part', () => {
    expect(idsOf('head').toSorted()).toEqual(head.map(({ benchmark }) => benchmark.id));
    expect(idsOf('base').toSorted()).toEqual(base.map(({ benchmark }) => benchmark.id));
  });

  it('gives both sides of a benchmark to the same part, whatever the other side has', () => {
    for (const part of parts) {
      const ids = new Set(part.head.map(({ benchmark }) => benchmark.id));
      const both = part.base.filter(({ benchmark }) => head.some((each) => each.benchmark.id === benchmark.id));
      expect(both.every(({ benchmark }) => ids.has(benchmark.id))).toBe(true);
    }
  });
});
