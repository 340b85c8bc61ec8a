// What a case's history says of its noise.
import { describe, expect, it } from 'vitest';
import { noiseFloor } from '../../src/history/index.js';
import type { Series } from '../../src/store/index.js';

/** Runs of these commits with these values, the oldest first. */
function seriesOf(runs: readonly [commit: string | null, value: number][]): Series {
  const points = runs.map(([commit, value], index) => ({
    run: {
      id: `run-${index}`,
      origin: 'forgebench' as const,
      startedAt: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
      status: 'finished' as const,
      fingerprint: '0123',
      commit,
      subjects: {},
    },
    value,
    low: null,
    high: null,
  }));
  return { caseId: 'demo/sum', metric: 'p50', unit: 'ns', points };
}

describe('the noise floor of a case', () => {
  it('is the root mean square of the steps between runs of one commit, without the largest', () => {
    const runs = seriesOf([
      ['a', 100],
      ['a', 102],
      ['a', 100],
      ['a', 150],
    ]);
    expect(noiseFloor(runs)).toBeCloseTo(0.02, 4);
  });

  it('does not take a change of the code for noise', () => {
    const runs = seriesOf([
      ['a', 100],
      ['b', 200],
      ['a', 101],
      ['b', 202],
      ['a', 100],
      ['b', 200],
    ]);
    expect(noiseFloor(runs)).toBeCloseTo(0.01, 3);
  });

  it('is unknown where too few runs have run code that is known to be the same', () => {
    const few = seriesOf([
      ['a', 100],
      ['a', 101],
      ['a', 100],
    ]);
    expect(noiseFloor(few)).toBeNull();
    const unknown = seriesOf([
      [null, 1],
      [null, 2],
      ['a-dirty', 3],
      ['a-dirty', 4],
      ['a-dirty', 5],
      ['a-dirty', 6],
    ]);
    expect(noiseFloor(unknown)).toBeNull();
  });
});
