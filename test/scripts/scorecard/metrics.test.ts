// The arithmetic of the scorecard: its metrics against published values, its generators against what they promise.
import { describe, expect, it } from 'vitest';
import { covering, f1 } from '../../../scripts/scorecard/change-metrics.js';
import { criterion } from '../../../scripts/scorecard/criterion.js';
import { dayPairs, goSuites } from '../../../scripts/scorecard/go-suites.js';
import { perfherder } from '../../../scripts/scorecard/perfherder.js';
import { NOISES, simulate } from '../../../scripts/scorecard/simulate.js';
import { shareOf, Tally, thresholdAt } from '../../../scripts/scorecard/tally.js';
import { welch } from '../../../scripts/scorecard/welch.js';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the metrics of change points', () => {
  it('are those of TCPDBench on its own examples', () => {
    expect(f1([[], [10], [50]], [10])).toBeCloseTo(0.9090909090909091, 12);
    expect(covering([[], [10], [40]], [10], 45)).toBeCloseTo(0.7954144620811286, 12);
  });

  it('use each found point once, and only near a marked one', () => {
    expect(f1([[50, 52]], [51])).toBeCloseTo((2 * 1 * (2 / 3)) / (1 + 2 / 3), 12);
    expect(f1([[50]], [56])).toBeCloseTo(0.5, 12);
    expect(f1([[50]], [55])).toBe(1);
  });
});

describe('tallies', () => {
  it('have the binomial error where trials are independent, and a larger one where clusters agree', () => {
    expect(shareOf([true, false, false, false]).share).toBe(0.25);
    expect(shareOf([true, false, false, false]).error).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 3), 12);
    const tally = new Tally();
    for (const cluster of ['a', 'b', 'c', 'd'])
      for (let trial = 0; trial < 100; trial++) tally.add(cluster, cluster === 'a');
    expect(tally.share().error).toBeCloseTo(0.25, 12);
  });

  it('set a threshold that no more unchanged cases exceed than are allowed', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index);
    expect(thresholdAt(values, 0.003)).toBe(996);
    expect(thresholdAt([1, 1, 1, 1], 0.25)).toBe(1);
  });
});

describe('rules of other tools', () => {
  it("find Welch's p-value of the Go tests, and the same in either order", () => {
    expect(welch([2, 1, 3, 4], [6, 5, 7, 9])).toBeCloseTo(0.0085128631, 9);
    expect(welch([6, 5, 7, 9], [2, 1, 3, 4])).toBeCloseTo(0.0085128631, 9);
    expect(welch([1, 1], [1, 1])).toBe(1);
  });

  it('have an interval of Criterion around the change of the mean, the same each time', () => {
    const base = [100, 101, 99, 100, 102];
    const head = base.map((value) => value * 1.05);
    const seen = criterion(base, head, 1);
    expect(seen).toEqual(criterion(base, head, 1));
    expect(seen.low).toBeGreaterThan(0.03);
    expect(seen.high).toBeLessThan(0.07);
    expect(seen.pValue).toBeLessThan(0.01);
    expect(criterion(base, base, 1).pValue).toBe(1);
  });

  it("find a step by Perfherder's t once twelve points follow, and not before", () => {
    const step = (later: number) =>
      Array.from({ length: 30 + later }, (_, index) => 100 + ((index * 37) % 11) / 10 + (index < 30 ? 0 : 20));
    expect(perfherder(step(12))).toEqual([{ index: 30, alarm: true }]);
    expect(perfherder(step(11))).toEqual([]);
    expect(perfherder(step(12).map((value) => 300 - value))).toEqual([{ index: 30, alarm: false }]);
  });
});

describe('simulated series', () => {
  it('have the deviation, the correlation and the spikes that they promise', () => {
    const correlation = (values: readonly number[]) => {
      const middle = mean(values);
      const centred = values.map((value) => value - middle);
      const products = centred.slice(1).map((value, index) => value * (centred[index] as number));
      return mean(products) / mean(centred.map((value) => value * value));
    };
    const [normal, spiky, correlated] = NOISES.map((noise) => simulate({ noise, count: 40_000, seed: 1 }));
    expect(Math.sqrt(mean((normal ?? []).map((value) => (value - 100) ** 2)))).toBeCloseTo(5, 0);
    expect(correlation(normal ?? [])).toBeCloseTo(0, 1);
    expect(correlation(correlated ?? [])).toBeCloseTo(0.5, 1);
    expect(mean((spiky ?? []).map((value) => (value > 122 ? 1 : 0)))).toBeCloseTo(0.018, 2);
  });

  it('step where they are told to, over the same noise', () => {
    const [flat, stepped] = [undefined, { index: 5, deviations: 3 }].map((step) =>
      simulate({ noise: 'normal', count: 8, seed: 2, ...(step && { step }) }),
    ) as [number[], number[]];
    expect(stepped.slice(0, 5)).toEqual(flat.slice(0, 5));
    for (const index of [5, 6, 7]) expect((stepped[index] as number) - (flat[index] as number)).toBeCloseTo(15, 9);
  });
});

describe('comparisons of real days', () => {
  const day = (date: string) => ({
    date,
    launches: Object.fromEntries(
      Array.from({ length: 20 }, (_, id) => [`b${id}`, Array.from({ length: 8 }, (_, launch) => 100 + id + launch)]),
    ),
  });
  const days = ['20220108', '20220109', '20220110'].map(day);

  it('are ordered pairs within one state of the machine, or across its change', () => {
    const dates = (crossing: boolean) =>
      dayPairs(days, { crossing }).map(({ base, head }) => `${base.date.slice(-2)}-${head.date.slice(-2)}`);
    expect(dates(false)).toEqual(['08-09', '09-08']);
    expect(dates(true)).toEqual(['08-10', '09-10', '10-08', '10-09']);
  });

  it('slow another tenth each time, and differ from the unchanged ones by that alone', () => {
    const pairs = dayPairs(days, { crossing: false });
    const make = (slowdown: number) => [...goSuites(pairs, { launches: 5, draws: 2, slowdown })];
    const [unchanged, slowed] = [make(0), make(0.05)];
    expect(slowed.map((suite) => [...suite.slowed].join())).toEqual(['b0,b10', 'b9,b19', 'b8,b18', 'b7,b17']);
    for (const [index, suite] of slowed.entries())
      for (const [position, pair] of suite.pairs.entries()) {
        const before = unchanged[index]?.pairs[position];
        const factor = suite.slowed.has(pair.id) ? 1.05 : 1;
        expect(pair.base).toEqual(before?.base);
        expect(pair.head).toEqual(before?.head.map((value) => value * factor));
      }
    expect(unchanged[0]?.pairs).not.toEqual(unchanged[1]?.pairs);
  });
});
