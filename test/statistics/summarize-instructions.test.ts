// Counts of a few launches become a figure, a scatter, and the word whether a verdict may rest on them.
import { describe, expect, it } from 'vitest';
import type { Benchmark } from '../../src/definition/index.js';
import { estimateOf, summarize } from '../../src/statistics/index.js';
import { benchmarkOf, caseOf, countOf, recordsOf } from './case.js';

type Results = Parameters<typeof recordsOf>[1];

function summaryOf(results: Results, changes: Partial<Benchmark> = {}) {
  const each = caseOf();
  const benchmark = benchmarkOf([each], changes);
  return summarize({
    benchmark,
    case: each,
    records: recordsOf(each, results),
    significance: 0.05,
    instructions: true,
  });
}

describe('the instructions of a case', () => {
  it('are those of one operation, the same in every launch', () => {
    const { instructions, warnings } = summaryOf([countOf(1_200), countOf(1_200), countOf(1_200)]);
    expect(instructions && estimateOf(instructions.perOperation)?.value).toBeCloseTo(1_200, 6);
    expect(instructions).toMatchObject({ scatter: 0, deterministic: true, iterations: [100, 100, 100] });
    expect(warnings).toEqual([]);
  });

  it('are divided by iterations and by operations', () => {
    const counted = { instructions: 6_000, iterations: 10, operationsPerIteration: 3 };
    const { instructions } = summaryOf([{ kind: 'instructions', counted }]);
    expect(instructions?.launches).toEqual([200]);
  });

  it('are a matter of chance where launches scatter by more than 0.2 %, and say so', () => {
    const near = summaryOf([countOf(1_000), countOf(1_001.9), countOf(1_001)]);
    expect(near.instructions?.deterministic).toBe(true);
    const far = summaryOf([countOf(1_000), countOf(1_002.1), countOf(1_001)]);
    expect(far.instructions?.deterministic).toBe(false);
    expect(far.warnings).toEqual([expect.stringContaining('a matter of chance')]);
    const estimate = far.instructions && estimateOf(far.instructions.perOperation);
    expect(estimate?.low).toBeLessThan(1_000);
  });

  it('are not called deterministic after one launch', () => {
    const { instructions, warnings } = summaryOf([countOf(1_000)]);
    expect(instructions).toMatchObject({ scatter: null, deterministic: false });
    expect(instructions?.perOperation).toHaveProperty('missing');
    expect(warnings).toEqual([]);
  });

  it.each([
    [[{ kind: 'instructions', counted: null } as const], {}, 'one iteration takes too long under callgrind'],
    [[], { workload: { kind: 'native', addon: '/a.node', id: 'a' } as const }, 'its addon has no runner'],
    [
      [],
      { workload: { kind: 'command', command: ['a'], cwd: '/', env: {}, expectedExitCode: 0 } as const },
      'of a command are not counted',
    ],
    [['panic' as const], {}, 'no launch has counted instructions'],
  ] satisfies [Results, Partial<Benchmark>, string][])('are missing with the reason', (results, changes, reason) => {
    expect(summaryOf(results, changes).instructions?.perOperation).toEqual({
      missing: expect.stringContaining(reason),
    });
  });

  it('are absent where nobody asked for them', () => {
    const each = caseOf();
    const input = { benchmark: benchmarkOf([each]), case: each, records: [], significance: 0.05 };
    expect(summarize(input)).not.toHaveProperty('instructions');
  });
});
