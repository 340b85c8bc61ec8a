// Recording in JavaScript must count as Rust does, and answers must be right to the figures that were asked for.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createHistogram,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
  Layout,
} from '../../src/histogram/index.js';

/** Values of every size, some with fractions. */
const value = fc.oneof(
  fc.double({ min: 0, max: 5000, noNaN: true }),
  fc.double({ min: 0, max: Number.MAX_SAFE_INTEGER, noNaN: true }),
  fc.nat(3000),
  fc.integer({ min: 0, max: 53 }).map((power) => Math.min(2 ** power, Number.MAX_SAFE_INTEGER)),
);
const options = fc.record({
  figures: fc.integer({ min: 0, max: 4 }),
  lowest: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 100_000 })),
});

/** Counts as bytes, which are compared at once. */
function bytes({ counts }: Histogram): Buffer {
  return Buffer.from(counts.buffer, counts.byteOffset, counts.byteLength);
}

function expectSame(seen: Histogram, known: Histogram): void {
  expect(bytes(seen).equals(bytes(known))).toBe(true);
}

function recorded(values: Iterable<number>, made = {}): Histogram {
  const histogram = createHistogram(made);
  for (const each of values) histogram.record(each);
  return histogram;
}

describe('a histogram', () => {
  it('counts the same one by one, in one call, and with counts', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 300 }), options, (values, made) => {
        const [one, many, counted] = [recorded(values, made), createHistogram(made), createHistogram(made)];
        many.recordMany(Float64Array.from(values));
        for (const each of values) counted.recordWithCount(each, 1);
        expectSame(many, one);
        expectSame(counted, one);
        expect(one.count).toBe(values.length);
      }),
      { numRuns: 60 },
    );
  });

  it('counts long batches of all kinds as it counts values one by one', () => {
    const kinds = [(at: number) => 5000 + (at % 3), (at: number) => at % 4000, (at: number) => (at * 7919) % 1_000_003];
    for (const kind of kinds) {
      const values = Float64Array.from({ length: 100_000 }, (_, at) => kind(at));
      const made = { highest: 2_000_000 };
      const many = createHistogram(made);
      many.recordMany(values);
      expectSame(many, recorded(values, made));
    }
  });

  it('answers within the figures that were asked for, whatever the values', () => {
    const percentiles = [0, 1, 25, 50, 75, 90, 99, 99.9, 100];
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 4 }),
        (values, figures) => {
          const histogram = recorded(values, { figures });
          const sorted = values.map(Math.floor).sort((a, b) => a - b);
          const share = 10 ** -figures;
          for (const percentile of percentiles) {
            const rank = Math.max(Math.ceil((percentile * values.length) / 100), 1);
            const exact = sorted[rank - 1] as number;
            expect(Math.abs(histogram.percentile(percentile) - exact)).toBeLessThanOrEqual(share * exact);
          }
          const mean = sorted.reduce((sum, each) => sum + each, 0) / sorted.length;
          expect(Math.abs(histogram.mean - mean)).toBeLessThanOrEqual(share * mean + 1e-9);
          expect(histogram.min).toBeLessThanOrEqual(sorted[0] as number);
          expect(histogram.max).toBeGreaterThanOrEqual(sorted.at(-1) as number);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses what it cannot hold and keeps what it has', () => {
    const histogram = recorded([5, 10], { highest: 1000 });
    for (const wrong of [-1, NaN, Infinity, 1001]) {
      expect(() => histogram.record(wrong)).toThrow(/^Cannot record the value .*: it must be between 0 and 1000; /);
      expect(() => histogram.recordWithCount(wrong, 2)).toThrow(RangeError);
      expect(() => histogram.recordCorrected(wrong, 2)).toThrow(RangeError);
      expect(() => histogram.recordMany([20, wrong])).toThrow(/^Cannot record value .* at index 1: /);
    }
    expect(() => histogram.recordWithCount(5, 0.5)).toThrow('must be a whole number');
    for (const wrong of [-1, 0.5, NaN, 2 ** 54]) {
      expect(() => histogram.recordCorrected(5, wrong)).toThrow('must be 0, or between 1 and 2^53');
      expect(() => createHistogram().copyCorrected(wrong)).toThrow('must be 0, or between 1 and 2^53');
    }
    for (const wrong of ['5', null, undefined, {}])
      expect(() => histogram.record(wrong as unknown as number)).toThrow(/^Cannot record .*: it is no number/);
    expect(() => histogram.percentile(101)).toThrow('must be between 0 and 100');
    expect(() => histogram.add(recorded([2000]))).toThrow('Cannot record the value 2000');
    expect([histogram.count, histogram.min, histogram.max]).toEqual([2, 5, 10]);
    histogram.record(1000);
    expect(histogram.max).toBe(1000);
  });

  it('refuses options that make none', () => {
    expect(() => createHistogram({ figures: 6 })).toThrow('Cannot make a histogram with 6 figures');
    expect(() => createHistogram({ lowest: 0 })).toThrow('Cannot make a histogram with a lowest value of 0');
    expect(() => createHistogram({ lowest: 100, highest: 150 })).toThrow('twice the lowest value');
  });

  it('says nothing of values where there are none', () => {
    const { count, min, max, mean, stddev } = createHistogram();
    expect([count, min, max, mean, stddev, createHistogram().percentile(50)]).toEqual([0, 0, 0, NaN, NaN, 0]);
    expect([...createHistogram().recordedBuckets()]).toEqual([]);
  });

  it('adds and takes away, itself too', () => {
    const [first, second] = [recorded([10, 20, 5000]), recorded([20, 40])];
    first.add(second);
    expect([first.count, first.countAt(20), first.max]).toEqual([5, 2, 5003]);
    first.subtract(second);
    expectSame(first, recorded([10, 20, 5000]));
    first.add(first);
    expect(first.count).toBe(6);
    first.subtract(first);
    expect(first.count).toBe(0);
    expect(() => first.subtract(createHistogram({ figures: 2 }))).toThrow('other figures');
  });

  it('adds and takes away others that are longer, shorter, empty or decoded', () => {
    const short = recorded([995, 1000], { highest: 1000 });
    const [long, empty] = [recorded([5, 1000]), createHistogram()];
    const decoded = decodeFromCompressedBase64(encodeIntoCompressedBase64(long));
    for (const other of [long, decoded, empty]) short.add(other);
    decoded.add(createHistogram());
    decoded.add(recorded([995]));
    long.add(short);
    expect([short.count, decoded.count, long.count]).toEqual([6, 3, 8]);
    expect([short.countAt(1000), decoded.countAt(995), long.countAt(5)]).toEqual([3, 1, 3]);
    for (const other of [long, empty]) short.subtract(other);
    expect(short.count).toBe(0);
  });

  it('hands tag and times to a copy', () => {
    const histogram = recorded([1]);
    Object.assign(histogram, { tag: 'read', startTimeStampMsec: 1, endTimeStampMsec: 2 });
    expect(histogram.copy()).toMatchObject({ tag: 'read', startTimeStampMsec: 1, endTimeStampMsec: 2 });
  });

  it('adds a histogram of other figures bucket by bucket', () => {
    const coarse = recorded([5, 123_456], { figures: 1 });
    const fine = recorded([7]);
    fine.add(coarse);
    expect([...fine.recordedBuckets()].map(({ lowest }) => lowest)).toEqual([5, 7, 122_880]);
    expect(() => fine.mannWhitneyTest(coarse)).toThrow('record both alike');
  });

  it('charges a stall to every operation that it delayed', () => {
    const histogram = createHistogram();
    histogram.recordCorrected(1000, 250);
    expect([...histogram.recordedBuckets()].map(({ lowest }) => lowest)).toEqual([250, 500, 750, 1000]);
    expectSame(recorded([1000]).copyCorrected(250), histogram);
  });

  it('charges the stalls of a whole histogram as if the highest value of each bucket had been recorded so', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1e6 }), { maxLength: 30 }),
        fc.integer({ min: 1000, max: 1e5 }),
        (values, interval) => {
          const histogram = recorded(values, { highest: 1e6 });
          const expected = createHistogram({ highest: 1e6 });
          for (const { highest, count } of histogram.recordedBuckets())
            for (let time = 0; time < count; time++) expected.recordCorrected(Math.min(highest, 1e6), interval);
          expectSame(histogram.copyCorrected(interval), expected);
        },
      ),
    );
  });

  it('does not record its own counts', () => {
    const histogram = createHistogram();
    expect(() => histogram.recordMany(histogram.counts)).toThrow('Cannot change an array by itself');
    expect(histogram.count).toBe(0);
  });

  it('goes its own way as a copy, and forgets', () => {
    const histogram = recorded([1, 2, 3]);
    const copy = histogram.copy();
    histogram.record(4);
    expect([copy.count, histogram.count]).toEqual([3, 4]);
    histogram.reset();
    expect([copy.count, histogram.count]).toEqual([3, 0]);
  });

  it('keeps track of values while they come', () => {
    const histogram = createHistogram();
    for (let each = 1; each <= 2000; each++) {
      histogram.record(each);
      expect([histogram.count, histogram.percentile(50)]).toEqual([each, Math.ceil(each / 2)]);
    }
    expect(histogram.percentilesAt([99.9, 50])).toEqual(
      new Map([
        [99.9, 1998],
        [50, 1000],
      ]),
    );
    expect([histogram.cdf(500), histogram.cdf(-1), histogram.cdf(1e9), histogram.countUpTo(10)]).toEqual([
      0.25, 0, 1, 10,
    ]);
  });
});

describe('two histograms', () => {
  // What createHistogram of Node.js 24.21 and 26.10 says of the same values.
  it('are tested as Node.js tests them', () => {
    const first = recorded(Array.from({ length: 1000 }, (_, index) => (((index + 1) * 7) % 1000) + 1));
    const second = recorded(Array.from({ length: 1000 }, (_, index) => ((((index + 1) * 11) % 1000) * 1.03 + 1) | 0));
    const { uStatistic, zScore, pValue } = first.mannWhitneyTest(second);
    expect(uStatistic).toBe(485930.5);
    expect(zScore).toBeCloseTo(-1.0895468279527265, 12);
    expect(pValue).toBeCloseTo(0.2759128163496949, 12);
    expect(first.ksTest(second)).toBeCloseTo(0.029, 12);
    expect([first.mean, first.stddev]).toEqual([500.5, expect.closeTo(288.6749902572095, 10)]);
  });

  it('show nothing where one of them is empty', () => {
    const { uStatistic, pValue } = createHistogram().mannWhitneyTest(recorded([1]));
    expect([uStatistic, pValue, createHistogram().ksTest(recorded([1]))]).toEqual([NaN, NaN, NaN]);
  });
});

describe('the layout', () => {
  it('is that of Rust at every border of buckets', () => {
    for (const [digits, unit] of [
      [0, 1],
      [1, 1],
      [2, 20_000],
      [3, 1],
      [3, 2],
      [5, 1],
    ] as const) {
      const layout = new Layout(digits, unit);
      for (let index = 0; index < layout.index(2 ** 53); index += 1 + Math.floor(index / 500)) {
        const [lowest, highest] = [layout.lowest(index), layout.highest(index)];
        expect([layout.index(lowest), layout.index(highest), layout.lowest(index + 1)]).toEqual([
          index,
          index,
          highest + 1,
        ]);
      }
    }
  });
});
