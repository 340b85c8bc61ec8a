// From runs to commits, and to the commits between which a figure changed.
import { describe, expect, it } from 'vitest';
import { trendOf } from '../../src/history/index.js';
import type { Series, SeriesPoint } from '../../src/store/index.js';
import { launchesOf } from '../compare/launches.js';

const draw = launchesOf(7);

function point(index: number, value: number, commit: string | null, subjects = {}): SeriesPoint {
  const startedAt = new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString();
  const run = { id: `run-${index}`, origin: 'forgebench', startedAt, status: 'finished', fingerprint: '0123' } as const;
  return { run: { ...run, commit, subjects }, value, low: null, high: null };
}

const series = (points: SeriesPoint[]): Series => ({ caseId: 'demo/sum', metric: 'p50', unit: 'ns', points });

describe('a trend', () => {
  it('has the median of its runs for each commit, in the order in which commits were first measured', () => {
    const points = [point(0, 10, 'a'), point(1, 30, 'b'), point(2, 12, 'a'), point(3, 11, 'a')];
    expect(trendOf(series(points)).points).toMatchObject([
      { commit: 'a', value: 11, runs: ['run-0', 'run-2', 'run-3'] },
      { commit: 'b', value: 30, runs: ['run-1'] },
    ]);
  });

  it('keeps runs apart whose code nobody knows, and versions of the subject that one commit measured', () => {
    const points = [point(0, 1, null), point(1, 2, null), point(2, 3, 'a-dirty'), point(3, 4, 'a-dirty')];
    expect(trendOf(series(points)).points).toHaveLength(4);
    const versions = [point(0, 1, 'a', { crate: '1.0.0' }), point(1, 2, 'a', { crate: '1.1.0' })];
    expect(trendOf(series(versions)).points).toHaveLength(2);
  });

  it('says between which commits a figure changed, by how much, and whether it alarms', () => {
    const values = [...draw(100, 0.01, 40), ...draw(120, 0.01, 20)];
    const { changes, fingerprint, origin } = trendOf(
      series(values.map((value, index) => point(index, value, `c${index}`))),
    );
    expect({ fingerprint, origin }).toEqual({ fingerprint: '0123', origin: 'forgebench' });
    expect(changes).toMatchObject([
      { before: { commit: 'c39' }, after: { commit: 'c40', runs: ['run-40'] }, alarm: true },
    ]);
    expect(changes[0]?.magnitude).toBeCloseTo(0.2, 1);
  });

  it('does not take the noise of one build, measured often, for a change', () => {
    const values = [...draw(100, 0.01, 30), ...draw(130, 0.01, 30)];
    const points = values.map((value, index) => point(index, value, index < 30 ? 'a' : 'b'));
    expect(trendOf(series(points))).toMatchObject({ points: [{}, {}], changes: [] });
  });
});
