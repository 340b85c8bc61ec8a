// The moment that `--since` means.
import { describe, expect, it } from 'vitest';
import { readSince } from '../../src/cli/read-since.js';
import { UsageError } from '../../src/cli/usage-error.js';

const NOW = new Date('2026-03-08T12:00:00.000Z');
const since = (text: string) => readSince(text, NOW).toISOString();

describe('--since', () => {
  it('takes how long ago', () => {
    expect(['24h', '7d', '2w', '1d 12h'].map(since)).toEqual([
      '2026-03-07T12:00:00.000Z',
      '2026-03-01T12:00:00.000Z',
      '2026-02-22T12:00:00.000Z',
      '2026-03-07T00:00:00.000Z',
    ]);
  });

  it('takes a date, which begins at midnight UTC, and a moment', () => {
    expect(since('2026-03-01')).toBe('2026-03-01T00:00:00.000Z');
    expect(since('2026-03-01T08:00:00+02:00')).toBe('2026-03-01T06:00:00.000Z');
  });

  it.each([
    '',
    '7',
    'soon',
    '-7d',
    '0d',
    '2026-02-30',
    '2026-13-01',
    '2027-01-01',
    '99999999999d',
    '2026-03-01T25:00Z',
  ])('refuses %j, and says what may be written', (text) => {
    expect(() => since(text)).toThrow(UsageError);
    expect(() => since(text)).toThrow(/^Cannot use --since ".*": .*; write how long ago, such as 24h, 7d or 2w/);
  });
});
