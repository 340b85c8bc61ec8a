// Launches of a case end early once its time is known well enough, at a price that is known too.
import { describe, expect, it } from 'vitest';
import { generator, normal } from '../../scripts/random.js';
import type { LaunchRecord } from '../../src/samples/index.js';
import { estimateOf, figureOfLaunches, isSettled } from '../../src/statistics/index.js';
import { caseOf, recordsOf, timingOf } from './case.js';

const SIGNIFICANCE = 0.05;

/** Launches whose samples are all so many nanoseconds long. */
const launches = (...ns: number[]): LaunchRecord[] =>
  recordsOf(
    caseOf(),
    ns.map((each) => timingOf([each])),
  );

describe('isSettled', () => {
  it('waits for five launches, however much they agree', () => {
    expect(isSettled(launches(100, 100.01, 100, 100.02), SIGNIFICANCE)).toBe(false);
    expect(isSettled(launches(100, 100.01, 100, 100.02, 100), SIGNIFICANCE)).toBe(true);
  });

  it('goes on while launches differ', () => {
    expect(isSettled(launches(100, 104, 97, 101, 99), SIGNIFICANCE)).toBe(false);
  });

  it('does not count launches that failed', () => {
    expect(isSettled([...launches(100, 100.01, 100, 100.02), ...recordsOf(caseOf(), ['panic'])], SIGNIFICANCE)).toBe(
      false,
    );
  });

  it.each([0.002, 0.008, 0.012, 0.02])(
    'leaves intervals that cover the truth where launches spread by %d',
    (spread) => {
      const random = generator(7);
      let covered = 0;
      const trials = 1500;
      for (let trial = 0; trial < trials; trial++) covered += coversAfterStopping(spread, random) ? 1 : 0;
      // Looking after each launch costs a few per cent of coverage, and no more.
      expect(covered / trials).toBeGreaterThan(0.91);
    },
  );
});

/** Makes up to 25 launches around a truth of 1000 ns, ends when settled, and asks the interval. */
function coversAfterStopping(spread: number, random: () => number): boolean {
  const values: number[] = [];
  while (values.length < 25 && !isSettled(launches(...values), SIGNIFICANCE))
    values.push(1000 * Math.exp(spread * normal(random)));
  const estimate = estimateOf(figureOfLaunches(values, SIGNIFICANCE));
  return estimate !== undefined && estimate.low <= 1000 && 1000 <= estimate.high;
}
