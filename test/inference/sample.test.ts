// Samples and series, as programs of others use them; the crate's own tests compare the figures with references.
import { describe, expect, it } from 'vitest';
import {
  changePoints,
  eDivisive,
  falseDiscoveryRates,
  familywiseErrorRates,
  hunter,
  pairedPermutationTest,
  pairedTTest,
  pelt,
  potts,
  Sample,
} from '../../src/inference/index.js';
import { engine } from '../../src/native/index.js';

const FIRST = [12.1, 11.8, 12.6, 12.0, 12.4, 11.9, 12.2, 30];
const SECOND = [11.2, 11.0, 11.4, 11.1, 11.5, 11.3, 10.9, 11.2];
const first = new Sample(FIRST);
const second = new Sample(Float32Array.from(SECOND));

describe('a sample', () => {
  it('has its values in order, whatever they came in', () => {
    const values = Float64Array.of(3, 1, 2);
    const sample = new Sample(values);
    expect([...sample.values]).toEqual([1, 2, 3]);
    expect([...values]).toEqual([3, 1, 2]);
    expect([sample.size, sample.mean, sample.median, sample.standardDeviation, sample.mad]).toEqual([
      3, 2, 2, 1, 1.4826,
    ]);
    expect([...sample.quantiles([0, 0.25, 1])]).toEqual([1, 1.5, 3]);
  });

  it('is refused where it has no values, or one that is none', () => {
    expect(() => new Sample([])).toThrow(/measure at least once/);
    expect(() => new Sample([1, Number.NaN])).toThrow(/NaN at index 1 is not finite/);
  });

  it('gives the same interval for a seed, whatever the number of threads', () => {
    const options = { resamples: 99, seed: 7 };
    const one = first.bootstrapMean(options);
    expect(first.bootstrapMean({ ...options, threads: 3 })).toEqual(one);
    expect(first.bootstrapMean({ ...options, seed: 8 })).not.toEqual(one);
    expect(one.low).toBeLessThan(first.mean);
    expect(one.high).toBeGreaterThan(first.mean);
    expect(Object.keys(one)).toEqual(['value', 'low', 'high']);
  });

  it('throws where there is no interval, and says why', () => {
    expect(() => new Sample([1]).bootstrapMean()).toThrow(/1 of at least 2 values/);
    expect(() => first.bootstrapMean({ confidence: 1 })).toThrow(/use 0\.95/);
    expect(() => first.bootstrapMean({ resamples: 0 })).toThrow(/a whole number from 1 to/);
    expect(() => first.bootstrapQuantile(2)).toThrow(/^Cannot /);
  });

  it('has quantiles with intervals that are infinite where nothing was seen', () => {
    expect(first.quantileInterval(0.5).coverage).toBeGreaterThanOrEqual(0.95);
    expect(first.quantileInterval(0.99).high).toBe(Number.POSITIVE_INFINITY);
    expect(first.bootstrapQuantile(0.5).value).toBeCloseTo(12.15, 12);
  });

  it('knows its outliers and its density', () => {
    expect(first.outliers()).toEqual({ lowSevere: 0, lowMild: 0, highMild: 0, highSevere: 1 });
    const { xs, ys, bandwidth } = first.density({ points: 100 });
    expect([xs.length, ys.length]).toEqual([100, 100]);
    expect(xs[0]).toBeCloseTo(11.8 - 3 * bandwidth, 9);
    expect(() => first.density({ points: 1 })).toThrow(/^Cannot /);
  });

  it('is compared with another as the functions of the engine compare arrays', () => {
    const arrays = [Float64Array.from(FIRST), second.values] as const;
    expect(first.mannWhitney(second)).toEqual(engine().mannWhitneyTest(...arrays));
    expect(first.welch(second)).toEqual(engine().welchTest(...arrays));
    expect(first.effectSize(second)).toEqual(engine().effectSize(...arrays));
    expect(first.permutationTest(second, { seed: 3 }).twoSided).toBeLessThan(0.01);
    expect(() => first.welch(new Sample([1]))).toThrow(/^Cannot /);
  });
});

describe('pairs', () => {
  it('are tested by t and by signs', () => {
    const pairs = { first: FIRST.slice(0, 7), second: SECOND.slice(0, 7) };
    expect(pairedTTest(pairs).twoSided).toBeLessThan(0.001);
    expect(pairedPermutationTest(pairs)).toMatchObject({ exact: true, twoSided: 2 / 128 });
    expect(() => pairedTTest({ first: [1, 2], second: [1] })).toThrow(/^Cannot /);
  });
});

describe('many tests', () => {
  it('have p-values that are adjusted together', () => {
    expect([...falseDiscoveryRates([0.04, 0.01])]).toEqual([0.04, 0.02]);
  });

  // By hand: in order 0.015625, 0.03125, 0.25, 0.5 times 4, 3, 2, 1 is 0.0625, 0.09375, 0.5, 0.5.
  it('have p-values that are adjusted for any wrong call', () => {
    expect([...familywiseErrorRates([0.25, 0.015625, 0.5, 0.03125])]).toEqual([0.5, 0.0625, 0.5, 0.09375]);
    expect([...familywiseErrorRates([0.03125, 0.03125, 0.0625])]).toEqual([0.09375, 0.09375, 0.09375]);
    expect([...familywiseErrorRates([0.75, 1, 0])]).toEqual([1, 1, 0]);
    expect([...familywiseErrorRates([0.2])]).toEqual([0.2]);
    expect([...familywiseErrorRates([])]).toEqual([]);
  });

  it.each([-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY])('are refused where %d is one of them', (value) => {
    for (const adjust of [falseDiscoveryRates, familywiseErrorRates])
      expect(() => adjust([0.5, value])).toThrow(
        /^Cannot adjust p-values: \S+ at index 1 is no probability; hand in values from 0 to 1$/,
      );
  });
});

describe('a series', () => {
  const series = Array.from({ length: 120 }, (_, at) => (at < 60 ? 100 : 130) + ((at * 7919) % 13) / 10);
  it('has its step found by every detector', () => {
    expect(changePoints(series).map(({ index }) => index)).toEqual([60]);
    expect(eDivisive(series)).toEqual([60]);
    expect(eDivisive(series, { wholeSegments: true, seed: 2 })).toEqual([60]);
    expect(hunter(series)).toEqual([60]);
    expect(pelt(series, 100)).toEqual([60]);
    expect(potts(series)).toEqual([60]);
  });

  it('is refused where it cannot be searched', () => {
    expect(() => pelt(series, 0)).toThrow(/a finite number above 0/);
    expect(() => hunter(series, { window: 1 })).toThrow(/use 50/);
    expect(() => eDivisive([1, Number.POSITIVE_INFINITY])).toThrow(/index 1 is not finite/);
  });
});
