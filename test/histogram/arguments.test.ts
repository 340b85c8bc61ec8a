// What is no number is said to be none, and what Node's own histograms take is taken.
import { describe, expect, it } from 'vitest';
import { createHistogram, type Histogram, linearBuckets } from '../../src/histogram/index.js';

const no = (value: unknown): never => value as never;

function recorded(...values: number[]): Histogram {
  const histogram = createHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

describe('a histogram', () => {
  it('takes a bigint for the number that it is', () => {
    const histogram = createHistogram();
    histogram.record(5n);
    histogram.record(2n ** 40n);
    histogram.recordWithCount(7n, 2);
    histogram.recordCorrected(30n, 10);
    histogram.recordMany([5n, 6]);
    histogram.recordMany(BigInt64Array.of(5n));
    expect(histogram.count).toBe(10);
    expect([5, 7, 10, 20, 30, 2 ** 40].map((value) => histogram.countAt(value))).toEqual([3, 2, 1, 1, 1, 1]);
  });

  it('refuses a bigint that it has no bucket for', () => {
    for (const value of [-1n, 2n ** 53n, 10n ** 400n])
      expect(() => recorded(1).record(value)).toThrow(/^Cannot record the value .+: it must be between 0 and/);
  });

  it.each<[string, (histogram: Histogram) => void, string]>([
    ['a text', (histogram) => histogram.record(no('5')), 'Cannot record "5": it is no number'],
    ['nothing', (histogram) => histogram.record(no(undefined)), 'Cannot record undefined: it is no number'],
    ['a text, several times', (histogram) => histogram.recordWithCount(no('5'), 1), 'Cannot record "5"'],
    ['a text, corrected', (histogram) => histogram.recordCorrected(no('5'), 1), 'Cannot record "5"'],
    ['an interval in a text', (histogram) => histogram.recordCorrected(50, no('5')), 'for an interval of 5'],
    ['texts', (histogram) => histogram.recordMany(no([1, '5'])), 'Cannot record "5"'],
    ['no array', (histogram) => histogram.recordMany(no(5)), 'Cannot record values of number: pass an array'],
    ['no values', (histogram) => histogram.recordMany(no(undefined)), 'Cannot record values of undefined'],
    ['its own counts', (histogram) => histogram.recordMany(histogram.counts), 'pass a copy of it'],
    ['a percentile in a text', (histogram) => histogram.percentile(no('50')), 'Cannot find the percentile 50'],
    ['what is no histogram', (histogram) => histogram.add(no({})), 'Cannot add what is no Histogram'],
    ['nothing to take away', (histogram) => histogram.subtract(no(undefined)), 'Cannot subtract what is no Histogram'],
    ['nothing to test', (histogram) => histogram.ksTest(no(5)), 'Cannot test against what is no Histogram'],
  ])('refuses %s, and counts nothing', (_, use, text) => {
    const histogram = recorded(5, 50);
    expect(() => use(histogram)).toThrow(text);
    expect([...linearBuckets(histogram, 1000)]).toEqual([...linearBuckets(recorded(5, 50), 1000)]);
  });

  it('takes values that other threads may write to, by a copy, and none of memory that is gone', () => {
    const histogram = createHistogram();
    const shared = new Float64Array(new SharedArrayBuffer(16));
    shared.set([5, 6]);
    histogram.recordMany(shared);
    const gone = Float64Array.of(7, 8);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    histogram.recordMany(gone);
    expect([histogram.count, histogram.max]).toEqual([2, 6]);
  });
});
