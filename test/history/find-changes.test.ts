// Changes of a series, and which of them alarm.
import { describe, expect, it } from 'vitest';
import { DEFAULT_HISTORY_OPTIONS, findChanges } from '../../src/history/index.js';
import { launchesOf } from '../compare/launches.js';

const draw = launchesOf(5);
const level = (value: number, count: number): number[] => draw(value, 0.02, count);

describe('the changes of a series', () => {
  it('are found where the level rose, with their size', () => {
    const [change] = findChanges([...level(100, 50), ...level(120, 20)]);
    expect(change).toMatchObject({ index: 50, alarm: true });
    expect(change?.magnitude).toBeCloseTo(0.2, 1);
    expect(change?.confidence).toBeGreaterThan(0.999);
  });

  it('alarm neither where figures fell nor where they rose by less than the tolerance', () => {
    expect(findChanges([...level(120, 50), ...level(100, 20)]).map(({ alarm }) => alarm)).toEqual([false]);
    const small = [...level(100, 200), ...level(104, 200)];
    expect(findChanges(small).map(({ alarm }) => alarm)).toEqual([false]);
    expect(findChanges(small, { ...DEFAULT_HISTORY_OPTIONS, tolerance: 0.02 }).map(({ alarm }) => alarm)).toEqual([
      true,
    ]);
  });

  it('do not alarm before five points followed, nor where the episode has passed', () => {
    expect(findChanges([...level(100, 50), ...level(150, 4)]).map(({ alarm }) => alarm)).toEqual([false]);
    const episode = findChanges([...level(100, 50), ...level(150, 10), ...level(100, 60)]);
    expect(episode.map(({ index, alarm }) => [index, alarm])).toEqual([
      [50, false],
      [60, false],
    ]);
  });

  it('take more evidence where the series is read at every point', () => {
    const series = [...level(100, 50), ...level(107, 5)];
    expect(findChanges(series)).toHaveLength(1);
    expect(findChanges(series, { ...DEFAULT_HISTORY_OPTIONS, growing: true }).length).toBeLessThanOrEqual(1);
    expect(findChanges(level(100, 200), { ...DEFAULT_HISTORY_OPTIONS, growing: true })).toEqual([]);
  });
});
