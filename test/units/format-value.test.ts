// Values by the unit that the store knows.
import { describe, expect, it } from 'vitest';
import { formatValue } from '../../src/units/index.js';

describe('formatValue', () => {
  it('writes what it knows as everywhere, and other units behind the number', () => {
    const written = [
      formatValue(1500, 'ns'),
      formatValue(2048, 'B'),
      formatValue(0.25, 'share'),
      formatValue(12, ''),
      formatValue(3, 'frames'),
    ];
    expect(written).toEqual(['1.50 µs', '2 KiB', '25 %', '12', '3.000 frames']);
  });

  it('has a dash for what is no number', () => {
    expect(formatValue(Number.NaN, 'ns')).toBe('–');
  });
});
