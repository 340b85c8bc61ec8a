// How time grows with size, told only where enough sizes were measured.
import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../src/samples/index.js';
import { estimateOf, measureGrowth, type Summary, summarize } from '../../src/statistics/index.js';
import { benchmarkOf, caseOf, recordsOf, timingOf } from './case.js';

/** Summaries of cases whose launches took these times; none where it failed. */
function summariesOf(cases: [Parameters, number[]][]): Summary[] {
  const benchmark = benchmarkOf(cases.map(([parameters]) => caseOf(parameters)));
  return cases.map(([parameters, launches]) => {
    const each = caseOf(parameters);
    const results = launches.length === 0 ? ['panic' as const] : launches.map((ns) => timingOf([ns]));
    return summarize({ benchmark, case: each, records: recordsOf(each, results), significance: 0.05 });
  });
}

const growthOf = (cases: [Parameters, number[]][], scaling: string | undefined = 'size') =>
  measureGrowth(benchmarkOf([caseOf()], { scaling }), summariesOf(cases), 0.05);

const LINEAR: [Parameters, number[]][] = [
  [{ size: 100 }, [1000, 1010, 990]],
  [{ size: 10 }, [100, 101, 99]],
  [{ size: 1000 }, [10_000, 10_100, 9900]],
];

describe('growth', () => {
  it('is the exponent over three sizes, in their order', () => {
    const [growth, ...more] = growthOf(LINEAR);
    expect(more).toEqual([]);
    expect(growth?.points.map(({ size }) => size)).toEqual([10, 100, 1000]);
    const exponent = growth && estimateOf(growth.exponent);
    expect(exponent?.value).toBeCloseTo(1, 2);
    expect(exponent && exponent.low <= 1 && exponent.high >= 1).toBe(true);
  });

  it('is two where time grows with the square', () => {
    const [growth] = growthOf([10, 20, 40, 80].map((size) => [{ size }, [size ** 2, 1.01 * size ** 2]]));
    expect(growth && estimateOf(growth.exponent)?.value).toBeCloseTo(2, 2);
  });

  it('is one for each combination of the other parameters', () => {
    const both = ['new', 'factory'].flatMap((via) =>
      LINEAR.map(([parameters, ns]): [Parameters, number[]] => [{ ...parameters, via }, ns]),
    );
    expect(growthOf(both).map(({ fixed }) => fixed)).toEqual([{ via: 'new' }, { via: 'factory' }]);
  });

  it('is not listed of fewer than three sizes', () => {
    expect(growthOf(LINEAR.slice(0, 2))).toEqual([]);
    expect(growthOf([])).toEqual([]);
  });

  it('is not listed where a size of zero is one of three, because it has no logarithm', () => {
    expect(growthOf([[{ size: 0 }, [1, 1]], ...LINEAR.slice(0, 2)])).toEqual([]);
  });

  it('shows a size of zero as a point beside three others', () => {
    const [growth] = growthOf([[{ size: 0 }, [1, 1]], ...LINEAR]);
    expect(growth?.points.map(({ size }) => size)).toEqual([0, 10, 100, 1000]);
    expect(growth && estimateOf(growth.exponent)?.value).toBeCloseTo(1, 2);
  });

  it('is not listed of a benchmark that names no size', () => {
    expect(measureGrowth(benchmarkOf([caseOf()]), summariesOf(LINEAR), 0.05)).toEqual([]);
  });

  it('is listed with the reason where one of three sizes failed', () => {
    const [growth] = growthOf([...LINEAR.slice(0, 2), [{ size: 1000 }, []]]);
    expect(growth?.exponent).toEqual({ missing: 'growth needs three sizes, 2 have a figure' });
  });
});
