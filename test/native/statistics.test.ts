// The doors of the engine's statistics: what waits and what does not give the same, and what cannot be said is told.
import { describe, expect, it } from 'vitest';
import { engine, mannWhitneyAsymptotic } from '../../src/native/index.js';

const FIRST = Float64Array.from({ length: 200 }, (_, index) => 100 + ((index * 37) % 101) / 10);
const SECOND = FIRST.map((value, index) => value + 0.4 + (index % 7) / 10);

describe('the statistics of the engine', () => {
  it('give the same on and off the JavaScript thread, with any number of threads', async () => {
    const doors = engine();
    const options = { resamples: 5000, seed: 12 };
    const sides = [FIRST, SECOND].map((values) => ({ values, lengths: Uint32Array.of(50, 70, 80) }));
    const [base, head] = sides as [(typeof sides)[0], (typeof sides)[0]];
    const pairs = [
      [doors.density(FIRST, 64, 0), doors.densityAsync(FIRST, 64, 0)],
      [doors.mannWhitneyTest(FIRST, SECOND), doors.mannWhitneyTestAsync(FIRST, SECOND)],
      [
        doors.bootstrapMean(FIRST, 0.95, 'bias-corrected', options),
        doors.bootstrapMeanAsync(FIRST, 0.95, 'bias-corrected', { ...options, threads: 3 }),
      ],
      [
        doors.bootstrapRatio(base, head, 0.95, options),
        doors.bootstrapRatioAsync(base, head, 0.95, { ...options, threads: 2 }),
      ],
      [
        doors.permutationTest(FIRST, SECOND, options),
        doors.permutationTestAsync(FIRST, SECOND, { ...options, threads: 4 }),
      ],
    ] as const;
    for (const [waited, promised] of pairs) expect(await promised).toEqual(waited);
  });

  it('give the same by the short way and by the door with names', () => {
    const { exact, ...known } = engine().mannWhitneyTest(FIRST, SECOND, 'asymptotic');
    expect(mannWhitneyAsymptotic(FIRST, SECOND)).toEqual(known);
    expect(exact).toBe(false);
    expect(() => mannWhitneyAsymptotic(FIRST, Float64Array.of(Number.NaN))).toThrow('not finite');
    expect(() => mannWhitneyAsymptotic(FIRST, Float32Array.of(1) as never)).toThrow('Expected a Float64Array');
  });

  it('draw other resamples from another seed', () => {
    const at = (seed: number) => engine().bootstrapMean(FIRST, 0.95, 'percentile', { resamples: 500, seed });
    expect(at(3)).toEqual(at(3));
    expect(at(4)).not.toEqual(at(3));
  });

  it('find outliers by distance from the median and by Rosner’s test', () => {
    const values = Float64Array.of(9.8, 10.1, 10, 9.9, 10.2, 10.05, 9.95, 30, 31);
    expect([...engine().modifiedZScores(values)].map((score) => Math.abs(score) > 10)).toEqual([
      ...Array(7).fill(false),
      true,
      true,
    ]);
    expect(engine().gesd(values, 3, 0.05).outliers).toEqual([8, 7]);
  });

  it('name the modes of a density', () => {
    const { xs, ys, modes } = engine().density(Float64Array.of(9, 10, 10, 11, 49, 50, 51), 512, 0.05);
    expect([xs.length, ys.length, modes.length]).toEqual([512, 512, 2]);
    // So wide a bandwidth draws both towards each other.
    expect(Math.abs((modes[0]?.x as number) - 10)).toBeLessThan(5);
    expect(Math.abs((modes[1]?.x as number) - 50)).toBeLessThan(5);
  });

  it('leave an end open where there are too few values', () => {
    const five = engine().quantileInterval(Float64Array.of(1, 2, 3, 4, 5), 0.5, 0.95);
    expect(five).toEqual({ value: 3, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, coverage: 1 });
  });

  it('say why there is no answer', async () => {
    const doors = engine();
    const empty = new Float64Array();
    expect(doors.bootstrapMean(Float64Array.of(1), 0.95, 'basic').missing).toMatch('1 of at least 2 values');
    expect(() => doors.density(empty, 9, 0)).toThrow('it has no values');
    expect(() => doors.mannWhitneyTest(Float64Array.of(Number.NaN), FIRST, 'asymptotic')).toThrow('not finite');
    expect(() => doors.pairedTTest(FIRST, Float64Array.of(1))).toThrow('200 first and 1 second values');
    expect(() => doors.permutationTest(FIRST, SECOND, { resamples: 0 })).toThrow('resamples is 0; pass at least 1');
    await expect(doors.permutationTestAsync(FIRST, empty)).rejects.toThrow('it has no values');
  });
});
