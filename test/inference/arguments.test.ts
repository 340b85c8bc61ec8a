// Options that are none: each function refuses them before Rust would wrap them to another number.
import { describe, expect, it } from 'vitest';
import {
  changePoints,
  eDivisive,
  falseDiscoveryRates,
  hunter,
  pairedPermutationTest,
  pairedTTest,
  pelt,
  potts,
  Sample,
} from '../../src/inference/index.js';

const VALUES = Array.from({ length: 60 }, (_, at) => (at < 30 ? 1 : 1.3) + ((at * 7919) % 13) / 1000);
const sample = new Sample(VALUES);
const other = new Sample(VALUES.slice(30));
const pairs = { first: VALUES, second: VALUES.toReversed() };

const NO_COUNTS = [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 33, '5', null] as number[];
const NO_SEEDS = NO_COUNTS.filter((each) => each !== 2 ** 33);
const NO_SHARES = [...NO_COUNTS, -1e-9, 1 + 1e-9];
const NO_INNER_SHARES = [...NO_SHARES, 0, 1];
const NO_SIZES = NO_COUNTS.filter((each) => each !== 1.5 && each !== 2 ** 33);

type Call = (value: number) => unknown;

/** What each numeric argument may not be, and a call with it. */
const ARGUMENTS: [name: string, refused: number[], call: Call][] = [
  ...(['resamples', 'seed', 'threads'] as const).flatMap((name): [string, number[], Call][] => {
    const refused = name === 'seed' ? NO_SEEDS : [...NO_COUNTS, 0];
    return [
      [`bootstrapMean ${name}`, refused, (value) => sample.bootstrapMean({ [name]: value })],
      [`permutationTest ${name}`, refused, (value) => sample.permutationTest(other, { [name]: value })],
      [`pairedPermutationTest ${name}`, refused, (value) => pairedPermutationTest(pairs, { [name]: value })],
    ];
  }),
  ['bootstrapMean confidence', NO_INNER_SHARES, (confidence) => sample.bootstrapMean({ confidence })],
  ['quantile', NO_SHARES, (at) => sample.quantile(at)],
  ['quantiles', NO_SHARES.filter((each) => each !== null), (at) => sample.quantiles([0.5, at])],
  ['quantileInterval', NO_INNER_SHARES, (at) => sample.quantileInterval(at)],
  ['quantileInterval confidence', NO_INNER_SHARES, (confidence) => sample.quantileInterval(0.5, confidence)],
  ['bootstrapQuantile', NO_INNER_SHARES, (at) => sample.bootstrapQuantile(at)],
  ['bootstrapQuantile confidence', NO_INNER_SHARES, (confidence) => sample.bootstrapQuantile(0.5, confidence)],
  ['density points', [...NO_COUNTS, 1], (points) => sample.density({ points })],
  ['density leastProminence', NO_SHARES, (leastProminence) => sample.density({ leastProminence })],
  ['eDivisive significance', NO_INNER_SHARES, (significance) => eDivisive(VALUES, { significance })],
  ['eDivisive permutations', [...NO_COUNTS, 0], (permutations) => eDivisive(VALUES, { permutations })],
  ['eDivisive seed', NO_COUNTS, (seed) => eDivisive(VALUES, { seed })],
  ['hunter window', [...NO_COUNTS, 1], (window) => hunter(VALUES, { window })],
  ['hunter significance', NO_INNER_SHARES, (significance) => hunter(VALUES, { significance })],
  ['hunter leastMagnitude', NO_SIZES, (leastMagnitude) => hunter(VALUES, { leastMagnitude })],
  ['pelt penalty', [...NO_SIZES, 0], (penalty) => pelt(VALUES, penalty)],
  ['pelt shortest', [...NO_COUNTS, 0], (shortest) => pelt(VALUES, 1, shortest)],
];

describe.each(ARGUMENTS)('%s', (_name, refused, call) => {
  it.each(refused)('refuses %s at once', (value) => {
    expect(() => call(value)).toThrow(RangeError);
    expect(() => call(value)).toThrow(/^Cannot .+: .+ is needed/);
  });

  it('takes what is not said for its default', () => {
    expect(() => call(undefined as unknown as number)).not.toThrow(/Missing field|convert/);
  });
});

describe('the text of an error', () => {
  it('says what cannot be done, with which value, and what is needed', () => {
    expect(() => sample.bootstrapMean({ resamples: -1 })).toThrow(
      'Cannot bootstrap with -1 resamples: a whole number from 1 to 100,000,000 is needed',
    );
    expect(() => sample.density({ points: '5' as unknown as number })).toThrow(/through "5" points: a whole number/);
    expect(() => hunter(VALUES, { window: 1 })).toThrow(/in windows of 1 points: .*; use 50$/);
  });
});

describe('options at the ends of their ranges', () => {
  it('are used', () => {
    expect([sample.quantile(0), sample.quantile(1)]).toEqual([sample.values[0], sample.values.at(-1)]);
    expect(sample.bootstrapMean({ resamples: 1, seed: 2 ** 53, threads: 1024 }).value).toBe(sample.mean);
    expect(sample.density({ points: 2, leastProminence: 1 }).xs).toHaveLength(2);
    expect(falseDiscoveryRates([0, 1])).toEqual(Float64Array.of(0, 1));
    expect(pelt(VALUES, 1, 2 ** 32 - 1)).toEqual([]);
    expect(hunter(VALUES, { window: 2 ** 32 - 1 })).toEqual([30]);
  });

  it('are the defaults where they are undefined', () => {
    const nothing = { seed: undefined, permutations: undefined, significance: undefined, window: undefined };
    expect(eDivisive(VALUES, nothing as object)).toEqual(eDivisive(VALUES));
    expect(hunter(VALUES, nothing as object)).toEqual(hunter(VALUES));
    expect(sample.bootstrapMean(nothing as object)).toEqual(sample.bootstrapMean());
  });
});

const DETECTORS: [string, (series: number[]) => unknown][] = [
  ['changePoints', changePoints],
  ['eDivisive', eDivisive],
  ['hunter', hunter],
  ['pelt', (series) => pelt(series, 1)],
  ['potts', potts],
];

describe('values whose squares overflow or vanish', () => {
  it.each(DETECTORS)('are no series for %s', (_name, detect) => {
    for (const unit of [1e160, 1e307, 1e-160, 1e-310])
      expect(() => detect(VALUES.map((value) => value * unit))).toThrow(/^Cannot search the series: .+ by a unit/);
  });

  it('are searched once they are divided by a unit', () => {
    for (const unit of [1e149, 1e-148]) {
      const series = VALUES.map((value) => value * unit);
      expect([hunter(series), potts(series), changePoints(series)[0]?.index]).toEqual([[30], [30], 30]);
    }
    expect(potts(VALUES.map(() => 1e-310))).toEqual([]);
  });

  it('have no variance, and so no test that uses it', () => {
    for (const unit of [1e160, 1e-310]) {
      const [large, small] = [VALUES, VALUES.slice(30)].map(
        (values) => new Sample(values.map((value) => value * unit)),
      );
      expect(() => large?.standardDeviation).toThrow(/^Cannot take the standard deviation/);
      expect(() => large?.welch(small as Sample)).toThrow(/^Cannot test means: .+ by a unit/);
      expect(() => large?.effectSize(small as Sample)).toThrow(/^Cannot compare samples: .+ by a unit/);
      const lists = [VALUES, VALUES.toReversed()].map((values) => values.map((value) => value * unit));
      expect(() => pairedTTest({ first: lists[0] ?? [], second: lists[1] ?? [] })).toThrow(/^Cannot test pairs/);
      expect(large?.mannWhitney(small as Sample).u).toBe(sample.mannWhitney(other).u);
    }
  });

  it('have no mean where their sum overflows', () => {
    const large = new Sample(VALUES.map((value) => value * 1e307));
    expect(() => large.mean).toThrow(/^Cannot take the mean .+ by a unit/);
    expect(() => large.bootstrapMean()).toThrow(/^Cannot take the mean/);
    expect(() => large.permutationTest(large)).toThrow(/^Cannot take the mean/);
    expect(large.median).toBeGreaterThan(1e307);
  });

  it('are told from values that do not vary', () => {
    const [one, two] = [new Sample([1, 1, 1]), new Sample([2, 2, 2])];
    expect(one.standardDeviation).toBe(0);
    expect(two.welch(one).t).toBe(Number.POSITIVE_INFINITY);
    expect(two.effectSize(one).cohensD).toBe(Number.POSITIVE_INFINITY);
    expect(pairedTTest({ first: [2, 2], second: [1, 1] }).twoSided).toBe(0);
  });
});

describe('values', () => {
  const no = (value: unknown): never => value as never;

  it.each<[string, () => unknown, string]>([
    ['a bigint', () => new Sample(no([1, 5n])), 'Cannot make a sample of values of which one is a bigint (index 1)'],
    ['a text', () => new Sample(no('123')), 'Cannot make a sample of string: pass an array of numbers'],
    ['nothing', () => new Sample(no(undefined)), 'Cannot make a sample of undefined'],
    ['a text in a series', () => pelt(no([1, '2']), 1), 'Cannot search a series of values of which one is a string'],
    ['a text in pairs', () => pairedTTest({ first: no(['1']), second: [1] }), 'Cannot test pairs of values'],
    ['a bigint in p-values', () => falseDiscoveryRates(no([1n])), 'Cannot adjust p-values of values'],
    [
      'a method',
      () => new Sample([1, 2]).bootstrapMean({ method: no('bca') }),
      'Cannot bootstrap with the method "bca": one of percentile, basic, bias-corrected is needed',
    ],
  ])('are refused where one is no such: %s', (_, make, text) => {
    expect(make).toThrow(text);
  });

  it('that other threads may write to are copied', () => {
    const shared = new Float64Array(new SharedArrayBuffer(16));
    shared.set([5, 6]);
    expect(new Sample(shared).values).toEqual(Float64Array.of(5, 6));
  });
});
