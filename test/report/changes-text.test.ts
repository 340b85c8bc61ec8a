// Changes of a series, as a person reads them.
import { describe, expect, it } from 'vitest';
import { changesText } from '../../src/report/index.js';

const flat = (count: number) => Array.from({ length: count }, (_, k) => 100 + ((k * 7) % 5));

describe('a series without changes', () => {
  it('is told with its number of points', () => {
    expect(changesText([], [7], 0.05)).toBe('No change in 1 point\n');
    expect(changesText([], flat(50), 0.05)).toBe('No change in 50 points\n');
  });

  it('is said to rise or fall slowly where its last fifth lies beyond its first, whole and by more than the tolerance', () => {
    const slow = flat(100).map((value, k) => value + 0.3 * k);
    expect(changesText([], slow, 0.05)).toBe(
      'No change in 100 points\nIt rises slowly: +23 % from its first fifth to its last. That is no step, and only steps are looked for\n',
    );
    expect(changesText([], slow.reverse(), 0.05)).toContain('It falls slowly: −19 % from its first');
    expect(changesText([], slow, 0.5)).not.toContain('slowly');
    expect(changesText([], slow.slice(0, 24), 0.05)).not.toContain('slowly');
  });
});

describe('a change', () => {
  const change = { index: 40, magnitude: 0.1, confidence: 0.99996, alarm: true };

  it('is told with place, size and confidence', () => {
    const text = changesText([change], flat(80), 0.05);
    expect(text).toContain('1 change in 80 points, counted from 0; 1 regression');
    expect(text).toMatch(/40 .* \+10 % .* >99\.99 % .* regression/);
  });

  it('from nothing has no share', () => {
    expect(changesText([{ ...change, magnitude: Number.POSITIVE_INFINITY }], flat(80), 0.05)).toContain(' from 0 ');
  });
});
