// Targets on a benchmark's own figures, and benchmarks that have to be named.
import { describe, expect, it } from 'vitest';
import { type Benchmark, parseTarget, selectCases } from '../../src/definition/index.js';

const figures = {
  overhead: { unit: '%', why: 'What the program costs.' },
  'tasks-lost': { unit: 'tasks', why: 'Tasks that never ran.' },
};

describe('a target on a figure of the workload', () => {
  it('has its number in the unit of the figure', () => {
    expect(parseTarget('overhead < 15 %', {}, figures)).toEqual({
      text: 'overhead < 15 %',
      metric: 'figure',
      figure: 'overhead',
      relation: '<',
      limit: 15,
      unit: '%',
      where: {},
    });
    expect(parseTarget('tasks-lost < 0.5 tasks', {}, figures)).toMatchObject({ figure: 'tasks-lost', limit: 0.5 });
  });

  it('must name that unit', () => {
    expect(() => parseTarget('overhead < 15 ms', {}, figures)).toThrow('overhead is in "%"');
  });

  it('must be declared', () => {
    expect(() => parseTarget('losses < 15 %', {}, figures)).toThrow('overhead, tasks-lost');
  });
});

describe('a benchmark with the tag on-demand', () => {
  const benchmark = (id: string, tags: string[]) =>
    ({ id, suite: 'self', tags, cases: [{ id, parameters: {}, category: 'e2e' }] }) as unknown as Benchmark;
  const all = [benchmark('self/empty', []), benchmark('self/overhead', ['on-demand'])];
  const selected = (...selects: string[]) => selectCases(all, selects).map((each) => each.benchmark.id);

  it('is left out where nothing is selected, and where a pattern over many benchmarks matches it', () => {
    for (const selects of [[], ['self/*'], ['crate:self'], ['self/empty', 'category:e2e']])
      expect(selected(...selects)).toEqual(['self/empty']);
  });

  it('is there where it is named', () => {
    for (const select of ['self/overhead', 'self/overhead*', 'tag:on-demand'])
      expect(selected(select)).toEqual(['self/overhead']);
  });

  it('is in a list, which runs nothing', () => {
    expect(selectCases(all, ['self/*'], { onDemand: true })).toHaveLength(2);
  });
});
