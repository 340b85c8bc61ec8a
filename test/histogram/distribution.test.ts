// Distributions are those that other implementations print, and steps count each value once.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createHistogram,
  linearBuckets,
  logBuckets,
  outputPercentileDistribution,
  percentileDistribution,
} from '../../src/histogram/index.js';

const VALUES = [1, 2, 3, 5, 10, 17, 17, 100, 5000];

function recorded(values: readonly number[]) {
  const histogram = createHistogram();
  histogram.recordMany(values);
  return histogram;
}

describe('a distribution', () => {
  // The keys and values of `percentiles` in Node.js 26.10.
  it('has the percentiles of Node.js at one tick for each halving', () => {
    const points = [...percentileDistribution(recorded(VALUES), 1)];
    expect(points.map(({ percentile, value }) => [percentile, value])).toEqual([
      [0, 1],
      [50, 10],
      [75, 17],
      [87.5, 100],
      [93.75, 5003],
      [100, 5003],
    ]);
    expect([...percentileDistribution(createHistogram())]).toEqual([]);
    expect(() => [...percentileDistribution(createHistogram(), 0)]).toThrow('Cannot take 0 ticks');
  });

  // outputPercentileDistribution(1, 1000) of hdr-histogram-js 3.0.1, but for its last line.
  it('is printed as hdr-histogram-js prints it', () => {
    expect(outputPercentileDistribution(recorded(VALUES), { ticksPerHalfDistance: 1, valueUnitRatio: 1000 })).toBe(
      `       Value     Percentile TotalCount 1/(1-Percentile)

       0.001 0.000000000000          1           1.00
       0.010 0.500000000000          5           2.00
       0.017 0.750000000000          7           4.00
       0.100 0.875000000000          8           8.00
       5.003 0.937500000000          9          16.00
       5.003 1.000000000000          9
#[Mean    =        0.573, StdDeviation   =        1.566]
#[Max     =        5.003, Total count    =            9]
`,
    );
  });

  // linearBuckets(10) and logBuckets(1, 2) of Node.js 26.10.
  it('in steps is that of Node.js', () => {
    const histogram = recorded(VALUES);
    const linear = linearBuckets(histogram, 10);
    expect([linear.size, linear.get(10), linear.get(20), linear.get(100), linear.get(5000)]).toEqual([500, 5, 2, 1, 1]);
    expect([...logBuckets(histogram, 1, 2)].filter(([, count]) => count > 0)).toEqual([
      [1, 1],
      [2, 1],
      [4, 1],
      [8, 1],
      [16, 1],
      [32, 2],
      [128, 1],
      [8192, 1],
    ]);
    expect(() => linearBuckets(recorded([2 ** 50]), 1)).toThrow('at most a million');
    expect(() => logBuckets(histogram, 1, 1)).toThrow('more than 1');
  });

  it('keeps what a step has whose next one ends at the same whole number', () => {
    expect([...logBuckets(recorded([0, 2]), 1, 1.5)]).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  it('in steps has each value once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { maxLength: 100 }), fc.integer({ min: 1, max: 5000 }), (values, step) => {
        for (const steps of [linearBuckets(recorded(values), step), logBuckets(recorded(values), step, 1.5)])
          expect([...steps.values()].reduce((sum, count) => sum + count, 0)).toBe(values.length);
      }),
      { numRuns: 50 },
    );
  });
});
