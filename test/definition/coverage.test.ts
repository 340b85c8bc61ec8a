// Every question about a subject has a benchmark, in every category, or somebody says why not.
import { describe, expect, it } from 'vitest';
import { type Benchmark, type Category, measureCoverage, type SuiteFacts } from '../../src/definition/index.js';
import { benchmarkOf } from '../statistics/case.js';

function benchmark(name: string, priority: string | undefined, categories: Category[]): Benchmark {
  const cases = categories.map((category, index) => ({
    id: `demo/${name}[n=${index}]`,
    parameters: { n: index },
    category,
  }));
  return benchmarkOf(cases, { id: `demo/${name}`, name, priority });
}

const SUITE: SuiteFacts = { name: 'demo', crate: 'demo-crate', priorities: ['speed', 'size'], absent: {} };
const ALL: Category[] = ['micro', 'integration', 'e2e', 'memory'];

describe('measureCoverage', () => {
  it('counts cases by priority and category', () => {
    const benchmarks = [
      benchmark('a', 'speed', ALL),
      benchmark('b', 'speed', ['micro']),
      benchmark('c', 'size', ['memory']),
    ];
    const [subject] = measureCoverage({ benchmarks, suites: [SUITE] });
    expect(subject).toMatchObject({
      subject: 'demo-crate',
      cases: { micro: 2, integration: 1, e2e: 1, memory: 2 },
      holes: [],
    });
    expect(subject?.priorities).toEqual([
      { priority: 'speed', cases: { micro: 2, integration: 1, e2e: 1, memory: 1 }, benchmarks: ['demo/a', 'demo/b'] },
      { priority: 'size', cases: { micro: 0, integration: 0, e2e: 0, memory: 1 }, benchmarks: ['demo/c'] },
    ]);
  });

  it('finds a question without a benchmark, a category without a case, and a benchmark without a question', () => {
    const benchmarks = [
      benchmark('a', 'speed', ['micro', 'integration', 'memory']),
      benchmark('b', undefined, ['micro']),
    ];
    const [subject] = measureCoverage({ benchmarks, suites: [SUITE] });
    expect(subject?.holes).toEqual([
      'demo-crate: no case is e2e; add one, or say in its suite why nothing lies there ("absent")',
      'demo-crate: no benchmark answers "size"; give one this priority',
      '/demo.bench.ts:1: "demo/b" answers no priority of its suite; give it one',
    ]);
  });

  it('takes a reason for a case, and refuses one that is out of date', () => {
    const suite = { ...SUITE, priorities: ['speed'], absent: { e2e: 'Nothing of it takes that long.' } };
    const without = [benchmark('a', 'speed', ['micro', 'integration', 'memory'])];
    expect(measureCoverage({ benchmarks: without, suites: [suite] })[0]?.holes).toEqual([]);
    expect(measureCoverage({ benchmarks: [benchmark('a', 'speed', ALL)], suites: [suite] })[0]?.holes).toEqual([
      'demo-crate: its suite says why no case is e2e, and 1 are; take the reason out',
    ]);
  });

  it('leaves out suites that name no questions', () => {
    expect(measureCoverage({ benchmarks: [], suites: [{ ...SUITE, priorities: [] }] })).toEqual([]);
  });
});
