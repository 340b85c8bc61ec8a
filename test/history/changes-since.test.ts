// What changed since a moment, what became of it, and where suites have gone.
import { describe, expect, it } from 'vitest';
import { applyTriages, changeKeyOf, changesSince, suiteTrends, type TrendChange } from '../../src/history/index.js';
import type { TriageState } from '../../src/store/index.js';
import { launchesOf } from '../compare/launches.js';
import { at, trend } from './trends.js';

const draw = launchesOf(11);
const around = (level: number, commits: number) => draw(level, 0.01, commits);

describe('changes since a moment', () => {
  it('are a regression that lasts, with an interval around its size', () => {
    const risen = trend([...around(100, 30), ...around(120, 20)]);
    const { regressions, improvements, older } = changesSince([risen], at(20), 0.05);
    expect({ improvements, older }).toEqual({ improvements: [], older: 0 });
    expect(regressions).toMatchObject([{ status: 'lasts', undoneBy: null, change: { after: { commit: 'c30' } } }]);
    const { low = 0, high = 0 } = regressions[0]?.interval ?? {};
    expect(low).toBeGreaterThan(1.17);
    expect(low).toBeLessThan(1.2);
    expect(high).toBeGreaterThan(1.2);
    expect(high).toBeLessThan(1.23);
  });

  it('say at which commit a regression was undone, and call that an improvement', () => {
    const healed = trend([...around(100, 30), ...around(130, 15), ...around(101, 15)]);
    const { regressions, improvements } = changesSince([healed], at(20), 0.05);
    expect(regressions).toMatchObject([{ status: 'undone', undoneBy: { commit: 'c45' } }]);
    expect(improvements).toMatchObject([{ change: { after: { commit: 'c45' } } }]);
  });

  it('do not call a regression undone of which most is left', () => {
    const partly = trend([...around(100, 30), ...around(150, 20), ...around(130, 20)]);
    expect(changesSince([partly], at(20), 0.05).regressions[0]).toMatchObject({ undoneBy: null });
  });

  it('count what is older and still lasts, and rises that are too small, and list neither', () => {
    const older = trend([...around(100, 20), ...around(140, 40)], 'demo/older');
    const small = trend([...around(100, 40), ...around(104, 20)], 'demo/small');
    const { regressions, smallRises, older: lasting } = changesSince([older, small], at(30), 0.05);
    expect({ regressions, smallRises, lasting }).toEqual({ regressions: [], smallRises: 1, lasting: 1 });
  });

  it('tell what was settled for itself, and neither as a regression nor as an older one', () => {
    const risen = trend([...around(100, 30), ...around(120, 20)]);
    const decided = (state: TriageState, hour: number) =>
      applyTriages(risen, [
        {
          ...changeKeyOf(risen, risen.changes[0] as TrendChange),
          ...{ state, note: '', author: 'ada', at: at(hour).toISOString(), magnitude: 0.2 },
        },
      ]);
    for (const state of ['accepted', 'noise', 'fixed'] as const)
      expect(changesSince([decided(state, 60)], at(20), 0.05)).toMatchObject({
        regressions: [],
        older: 0,
        settled: [{ change: { triage: { state } } }],
      });
    expect(changesSince([decided('accepted', 60)], at(70), 0.05)).toMatchObject({ settled: [], older: 0 });
    expect(changesSince([decided('accepted', 80)], at(70), 0.05)).toMatchObject({ settled: [{}], older: 0 });
    expect(changesSince([decided('acknowledged', 60)], at(20), 0.05)).toMatchObject({
      regressions: [{ status: 'lasts', change: { triage: { state: 'acknowledged' } } }],
      settled: [],
    });
    expect(changesSince([decided('fixed', 31)], at(20), 0.05)).toMatchObject({
      regressions: [{ status: 'returned' }],
      settled: [],
    });
  });

  it('begin with what lasts, the largest first', () => {
    const undone = trend([...around(100, 30), ...around(200, 15), ...around(100, 15)], 'demo/undone');
    const small = trend([...around(100, 30), ...around(110, 20)], 'demo/small');
    const large = trend([...around(100, 30), ...around(150, 20)], 'demo/large');
    const { regressions } = changesSince([undone, small, large], at(20), 0.05);
    expect(regressions.map((each) => each.trend.caseId)).toEqual(['demo/large', 'demo/small', 'demo/undone']);
  });

  it('have no interval where a figure is not above 0', () => {
    const zero = trend([...around(100, 20), ...Array(20).fill(0)]);
    expect(changesSince([zero], at(10), 0.05).improvements[0]?.interval).toBeNull();
  });
});

describe('the trend of a suite', () => {
  const all = (hours: number, from: number) =>
    new Set(Array.from({ length: hours - from }, (_, index) => `r${from + index}`));

  it('counts cases that became slower or faster, and has the median of all', () => {
    const cases = [
      ...[1.2, 0.8].map((ratio, index) => trend([...around(100, 30), ...around(100 * ratio, 20)], `demo/${index}`)),
      ...Array.from({ length: 7 }, (_, index) => trend(around(100, 50), `demo/same-${index}`)),
      trend(around(70, 50), 'other/case'),
    ];
    const [demo, other] = suiteTrends(cases, { since: at(30), runs: all(50, 30), tolerance: 0.05 });
    expect(demo).toMatchObject({ suite: 'demo', cases: 9, slower: 1, faster: 1 });
    expect(demo?.typical?.ratio).toBeCloseTo(1, 1);
    expect(demo?.typical?.low).toBeLessThan(1.01);
    expect(demo?.typical?.high).toBeGreaterThan(0.99);
    expect(other).toMatchObject({ suite: 'other', cases: 1, slower: 0, faster: 0, typical: { low: null, high: null } });
  });

  it('compares the present level, not one that was left in between, and counts what was undone as neither', () => {
    const healed = trend([...around(100, 30), ...around(300, 10), ...around(100, 10)]);
    expect(suiteTrends([healed], { since: at(30), runs: all(50, 30), tolerance: 0.05 })).toMatchObject([
      { slower: 0, faster: 0 },
    ]);
    expect(suiteTrends([healed], { since: at(30), runs: all(50, 30), tolerance: 0.05 })[0]?.typical?.ratio).toBeCloseTo(
      1,
      1,
    );
  });

  it('has no typical change where nothing was measured before, and leaves out what was not measured since', () => {
    const fresh = trend(around(100, 10));
    expect(suiteTrends([fresh], { since: at(0), runs: all(10, 0), tolerance: 0.05 })).toMatchObject([
      { cases: 1, typical: null },
    ]);
    expect(suiteTrends([fresh], { since: at(20), runs: new Set(), tolerance: 0.05 })).toEqual([]);
  });
});
