// Memory of a case: growth in a million operations, what teardown leaves, fragments.
import { describe, expect, it } from 'vitest';
import type { MemoryUse } from '../../src/samples/index.js';
import { type Figure, summarize } from '../../src/statistics/index.js';
import { benchmarkOf, caseOf, memoryOf, recordsOf } from './case.js';

const BASE = 10e6;

/** A launch of so many operations whose live bytes grow by a share of `BASE` in a million of them. */
function growing(share: number, { operations = 1e6, cShare = 0, readings = 40, noise = 0 } = {}): MemoryUse {
  const places = Array.from({ length: readings + 1 }, (_, index) => (index / readings) * operations);
  const bytes = (of: number) =>
    places.map((done, index) => (of * BASE * done) / 1e6 + noise * BASE * Math.sin(7 * index));
  return memoryOf({
    iterations: operations,
    live: { operations: places, heapBytes: bytes(share).map((each) => BASE + each), cBytes: bytes(cShare) },
  });
}

function memorySummary(...memories: MemoryUse[]) {
  const each = caseOf();
  const records = recordsOf(each, memories);
  return summarize({ benchmark: benchmarkOf([each]), case: each, records, significance: 0.05 }).memory;
}

function ends(figure: Figure) {
  if ('missing' in figure) throw new Error(figure.missing);
  return figure.estimate;
}

describe('growth in a million operations', () => {
  it('is a share of the live bytes, with an interval from a single launch', () => {
    const { low, value, high } = ends(memorySummary(growing(0.2)).liveGrowth);
    expect(value).toBeCloseTo(0.2, 6);
    expect(low).toBeGreaterThan(0.19);
    expect(high).toBeLessThan(0.21);
  });

  it('is nothing where nothing grows', () => {
    expect(ends(memorySummary(growing(0)).liveGrowth)).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('counts the C heap as well', () => {
    expect(ends(memorySummary(growing(0, { cShare: 0.3 })).liveGrowth).value).toBeCloseTo(0.3, 6);
  });

  it('is extrapolated from fewer operations, which are told', () => {
    const { liveGrowth, operations } = memorySummary(growing(0.2, { operations: 1000 }));
    expect(ends(liveGrowth).value).toBeCloseTo(0.2, 6);
    expect(operations).toBe(1000);
  });

  it('spans what all launches say', () => {
    const { low, high } = ends(memorySummary(growing(0), growing(0.2)).liveGrowth);
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(0.199);
  });

  it('is hidden by noise in few operations, not turned into a leak', () => {
    const { low, high } = ends(memorySummary(growing(0, { operations: 10_000, noise: 0.01 })).liveGrowth);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0.1);
  });

  it('is not told of a few readings', () => {
    expect(memorySummary(growing(0.2, { readings: 5 })).liveGrowth).toEqual({
      missing: expect.stringContaining('4 of at least 5 readings'),
    });
  });

  it('is not what a single reading held for a moment, however much', () => {
    const flat = growing(0);
    for (let place = 1; place < flat.live.cBytes.length; place++) {
      const cBytes = flat.live.cBytes.with(place, 0.3 * BASE);
      const { low, value, high } = ends(memorySummary({ ...flat, live: { ...flat.live, cBytes } }).liveGrowth);
      expect({ low, value, high }, `at ${place}`).toEqual({ value: 0, low: 0, high: 0 });
    }
  });

  it('is a share of a page or more, where hardly anything lives', () => {
    const tiny = { operations: [0, 1e5, 2e5, 3e5, 4e5, 5e5, 6e5], heapBytes: [10, 20, 30, 40, 50, 60, 70], cBytes: [] };
    expect(ends(memorySummary(memoryOf({ live: tiny })).liveGrowth).value).toBeLessThan(0.01);
  });
});

describe('what teardown leaves', () => {
  const left = (...rounds: number[]) => memoryOf({ left: { firstBytes: 5000, rounds, heapRounds: rounds } });

  it('is the median of all rounds, and what the first left is told beside', () => {
    const { leftBytes, leftFirstBytes } = memorySummary(left(64, 64, 64), left(64, 64, 64));
    expect(ends(leftBytes)).toEqual({ value: 64, low: 64, high: 64 });
    expect(ends(leftFirstBytes).value).toBeCloseTo(5000);
  });

  it('reaches from the least to the most of six rounds, and leaves out the outermost two of twelve', () => {
    expect(ends(memorySummary(left(0, 0, 0, 0, 0, 512)).leftBytes)).toEqual({ value: 0, low: 0, high: 512 });
    const many = memorySummary(left(0, 0, 900, -900, 0, 0), left(0, 0, 700, -700, 0, 0));
    expect(ends(many.leftBytes)).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('is not told where set-up was too long to be repeated', () => {
    expect(memorySummary(memoryOf({ left: null })).leftBytes).toEqual({ missing: expect.stringContaining('--memory') });
  });
});

describe('fragments', () => {
  it('are resident over live bytes where enough lives', () => {
    const held = (liveBytes: number) => memoryOf({ held: { liveBytes, residentBytes: 15e6 } });
    expect(ends(memorySummary(held(10e6), held(10e6)).fragmentation).value).toBeCloseTo(1.5);
    expect(memorySummary(held(1e5), held(1e5)).fragmentation).toHaveProperty('missing');
  });
});

describe('garbage of V8', () => {
  it('is told per operation', () => {
    const churn = memoryOf({ iterations: 1000, gc: { count: 5, pauseNs: 2e6 } });
    const { collections, collectionNs } = memorySummary(churn, churn);
    expect(ends(collections).value).toBeCloseTo(5000);
    expect(ends(collectionNs).value).toBeCloseTo(2000);
  });
});
