// Live bytes of Rust over operations, and what teardown leaves.
import { describe, expect, it } from 'vitest';
import { findNativeLeaks } from '../../src/heap/index.js';

const operations = [0, 1e4, 2e4, 3e4, 4e4];

describe('a leak of Rust', () => {
  it('is live memory that grows evenly with the operations', () => {
    const liveBytes = [100, 1e5, 2e5, 3.1e5, 4e5];
    expect(findNativeLeaks({ operations, liveBytes, leftBytes: [0, 0] })).toEqual([
      { kind: 'operations', bytes: expect.closeTo(10, 1) },
    ]);
  });

  it('is what every teardown leaves', () => {
    const liveBytes = [0, 0, 0, 0, 0];
    expect(findNativeLeaks({ operations, liveBytes, leftBytes: [1000, 1008, 1000] })).toEqual([
      { kind: 'teardown', bytes: 1000 },
    ]);
  });

  it.each<[string, number[], number[] | null]>([
    ['a table that grew once', [0, 1e6, 1e6, 1e6, 1e6], null],
    ['a little that stays', [0, 100, 200, 300, 400], [0, 0, 0]],
    ['what one round left and the next did not', [0, 0, 0, 0, 0], [5000, 0, 5000]],
    ['memory that comes and goes', [0, 1e6, 0, 1e6, 0], null],
  ])('is not %s', (_what, liveBytes, leftBytes) => {
    expect(findNativeLeaks({ operations, liveBytes, leftBytes })).toEqual([]);
  });
});
