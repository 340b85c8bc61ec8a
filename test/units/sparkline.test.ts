// Distributions in one line.
import { describe, expect, it } from 'vitest';
import { histogramBars, sparkline } from '../../src/units/index.js';

describe('sparkline', () => {
  it('scales from zero to the highest and leaves gaps empty', () => {
    expect(sparkline([1, 4, 8, 0, 2])).toBe('▁▄█ ▂');
    expect(sparkline([])).toBe('');
    expect(sparkline([0, Number.NaN, 5])).toBe('  █');
  });
});

describe('histogramBars', () => {
  it('counts values in equally wide bins', () => {
    expect(histogramBars([1, 1, 2, 9], { bins: 4 })).toEqual([3, 0, 0, 1]);
  });

  it('counts what lies outside a given range at its ends', () => {
    expect(histogramBars([-5, 1, 2, 100], { bins: 2, low: 0, high: 4 })).toEqual([2, 2]);
  });

  it('puts equal values in the middle and loses none', () => {
    expect(histogramBars([7, 7, 7], { bins: 3 })).toEqual([0, 3, 0]);
    expect(histogramBars([], { bins: 3 })).toEqual([0, 0, 0]);
  });
});
