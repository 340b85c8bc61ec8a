// Figures as text: digits, units, intervals.
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatInterval,
  formatNs,
  formatPercent,
  formatRate,
} from '../../src/units/index.js';

describe('formatNs', () => {
  it('keeps three significant digits in the unit that fits', () => {
    const shown = [0.0004, 0.05, 0.9996, 1.5, 12.34, 99.96, 999.4, 999.6, 1239, 45_678, 1e6, 2.5e9, 90e9].map(formatNs);
    expect(shown).toMatchInlineSnapshot(`
      [
        "0.000 ns",
        "0.050 ns",
        "1.00 ns",
        "1.50 ns",
        "12.3 ns",
        "100 ns",
        "999 ns",
        "1.00 µs",
        "1.24 µs",
        "45.7 µs",
        "1.00 ms",
        "2.50 s",
        "90.0 s",
      ]
    `);
  });

  it('never shows a minus before a zero', () => {
    expect(formatNs(-0.0001)).toBe('0.000 ns');
    expect(formatNs(-1500)).toBe('−1.50 µs');
  });

  it('shows a dash for what is no number', () => {
    expect([formatNs(Number.NaN), formatRate(Number.POSITIVE_INFINITY), formatBytes(Number.NaN)]).toEqual([
      '–',
      '–',
      '–',
    ]);
  });
});

describe('formatDuration', () => {
  it('uses at most two units and never sixty of one', () => {
    expect(
      [0, 850, 12_340, 59_949, 59_999, 60_000, 754_000, 3_599_900, 7_500_000].map(formatDuration),
    ).toMatchInlineSnapshot(`
      [
        "0 s",
        "850 ms",
        "12.3 s",
        "59.9 s",
        "1 min",
        "1 min",
        "12 min 34 s",
        "1 h",
        "2 h 5 min",
      ]
    `);
  });
});

describe('formatRate, formatBytes, formatCount and formatPercent', () => {
  it('leave out trailing zeros', () => {
    expect([3.1e6, 12.5, 0.25, 999.9, 1e9].map(formatRate)).toMatchInlineSnapshot(`
      [
        "3.1 M/s",
        "12.5 /s",
        "0.25 /s",
        "1 k/s",
        "1 G/s",
      ]
    `);
    expect([0, 0.5, 512, 1023.9, 1536, 64 * 1024, 3.3e9, -2048].map(formatBytes)).toMatchInlineSnapshot(`
      [
        "0 B",
        "0.5 B",
        "512 B",
        "1 KiB",
        "1.5 KiB",
        "64 KiB",
        "3.07 GiB",
        "−2 KiB",
      ]
    `);
    expect([0, 2.5, 3, 999.6, 12_345, 999_999, 1.23e6].map(formatCount)).toMatchInlineSnapshot(`
      [
        "0",
        "2.5",
        "3",
        "1,000",
        "12,345",
        "999,999",
        "1.23 M",
      ]
    `);
    expect([0, 0.00004, 0.0005, 0.008, 0.02, 0.0996, 0.956, 1.5, -0.05].map(formatPercent)).toMatchInlineSnapshot(`
      [
        "0 %",
        "0 %",
        "0.05 %",
        "0.8 %",
        "2 %",
        "10 %",
        "96 %",
        "150 %",
        "−5 %",
      ]
    `);
  });
});

describe('formatInterval', () => {
  it('gives one figure for an interval that is nearly symmetric', () => {
    expect(formatInterval({ value: 1240, low: 1230, high: 1250 }, formatNs)).toBe('±0.8 %');
  });

  it('gives both sides where they differ', () => {
    expect(formatInterval({ value: 1240, low: 1234, high: 1265 }, formatNs)).toBe('−0.5 % +2 %');
  });

  it('gives the ends where a share of the value would say nothing', () => {
    expect(formatInterval({ value: 0.01, low: -0.02, high: 0.04 }, formatNs)).toBe('[−0.020 ns, 0.040 ns]');
    expect(formatInterval({ value: 1e6, low: 8e4, high: 13e6 }, formatNs)).toBe('[80.0 µs, 13.0 ms]');
  });

  it('says that an exact count is exact, zero too', () => {
    expect(formatInterval({ value: 0, low: 0, high: 0 }, formatBytes)).toBe('±0 %');
    expect(formatInterval({ value: 1024, low: 1024, high: 1024 }, formatBytes)).toBe('±0 %');
  });
});
