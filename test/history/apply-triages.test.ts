// What decisions make of changes: what is noise or accepted is quiet, what was fixed and is there again is not.
import { describe, expect, it } from 'vitest';
import { applyTriages, changeKeyOf, runsNear, type Trend, type TrendChange } from '../../src/history/index.js';
import type { StoredTriage, TriageState } from '../../src/store/index.js';
import { at, trend } from './trends.js';

/** A series whose level changes at these commits. */
function stepped(...levels: readonly (readonly [level: number, commits: number])[]): Trend {
  let seed = 0;
  const wobble = (level: number) => level * (1 + 0.002 * ((seed++ * 7) % 5));
  return trend(levels.flatMap(([level, commits]) => Array.from({ length: commits }, () => wobble(level))));
}

const triage = (of: Trend, change: TrendChange | undefined, state: TriageState, hour: number): StoredTriage => {
  if (change === undefined) throw new Error('there is no such change');
  const decision = { state, note: '', author: 'ada', at: at(hour).toISOString(), magnitude: change.magnitude };
  return { ...changeKeyOf(of, change), ...decision };
};

const alarms = ({ changes }: Trend) => changes.map(({ alarm }) => alarm);

describe('a decision about a change', () => {
  const risen = stepped([100, 20], [120, 20]);

  it('silences it where it is noise or accepted, and leaves others as they were', () => {
    expect(alarms(risen)).toEqual([true]);
    for (const state of ['noise', 'accepted'] as const) {
      const decision = triage(risen, risen.changes[0], state, 50);
      expect(applyTriages(risen, [decision]).changes).toMatchObject([{ alarm: false, triage: decision }]);
      expect(applyTriages(risen, [{ ...decision, fingerprint: 'other' }])).toBe(risen);
      expect(applyTriages(risen, [{ ...decision, caseId: 'demo/other' }])).toBe(risen);
    }
  });

  it('does not silence it where somebody only looks at it', () => {
    const seen = applyTriages(risen, [triage(risen, risen.changes[0], 'acknowledged', 50)]);
    expect(seen.changes).toMatchObject([{ alarm: true, triage: { state: 'acknowledged' } }]);
  });

  it('holds until a later one about the same change', () => {
    const [noise, accepted] = [
      triage(risen, risen.changes[0], 'noise', 60),
      triage(risen, risen.changes[0], 'accepted', 50),
    ];
    for (const order of [
      [noise, accepted],
      [accepted, noise],
    ])
      expect(applyTriages(risen, order).changes[0]?.triage?.state).toBe('noise');
  });

  it('follows the change where later commits move it a little, and no further', () => {
    const decision = triage(risen, risen.changes[0], 'noise', 50);
    const index = risen.changes[0]?.index ?? 0;
    const moved = (by: number) => applyTriages(risen, [{ ...decision, run: `r${index + by}` }]).changes[0]?.alarm;
    expect([moved(-5), moved(3), moved(6), moved(-6)]).toEqual([false, false, true, true]);
    expect(applyTriages(risen, [{ ...decision, run: 'a run that is gone' }])).toBe(risen);
    expect(applyTriages(risen, [{ ...decision, magnitude: -0.2 }])).toBe(risen);
  });

  it('that accepts a level settles what led to it, and judges what follows by it', () => {
    const thrice = stepped([100, 20], [120, 20], [150, 20], [180, 20]);
    expect(alarms(thrice)).toEqual([true, true, true]);
    const judged = applyTriages(thrice, [triage(thrice, thrice.changes[1], 'accepted', 100)]);
    expect(alarms(judged)).toEqual([false, false, true]);
    expect(judged.changes.map((each) => each.triage?.state)).toEqual(['accepted', 'accepted', undefined]);
  });
});

describe('what was called fixed', () => {
  const fell = stepped([100, 20], [130, 20], [100, 20]);
  const fixed = triage(fell, fell.changes[0], 'fixed', 45);

  it('is quiet while it stays away', () => {
    expect(alarms(applyTriages(fell, [fixed]))).toEqual([false, false]);
  });

  it('comes back with a later change that brings back half of it', () => {
    const again = stepped([100, 20], [130, 20], [100, 20], [128, 20]);
    const { changes } = applyTriages(again, [triage(again, again.changes[0], 'fixed', 45)]);
    expect(changes.map(({ alarm, returned }) => ({ alarm, returned }))).toEqual([
      { alarm: false, returned: undefined },
      { alarm: false, returned: undefined },
      { alarm: true, returned: true },
    ]);
  });

  it('does not come back with a change of another size', () => {
    const slightly = stepped([100, 20], [140, 20], [100, 20], [110, 20]);
    const { changes } = applyTriages(slightly, [triage(slightly, slightly.changes[0], 'fixed', 45)]);
    expect(changes.at(-1)).toMatchObject({ alarm: true });
    expect(changes.at(-1)?.returned).toBeUndefined();
  });

  it('was not fixed where five commits measured since are as slow', () => {
    const lasting = stepped([100, 20], [130, 20]);
    const decided = (hour: number) => applyTriages(lasting, [triage(lasting, lasting.changes[0], 'fixed', hour)]);
    // The last commit is measured at hour 39.
    expect(decided(36).changes).toMatchObject([{ alarm: false }]);
    expect(decided(34).changes).toMatchObject([{ alarm: true, returned: true }]);
  });
});

it('runs near a change are those of five commits on each side', () => {
  const risen = stepped([100, 20], [120, 20]);
  const change = risen.changes[0] as TrendChange;
  const near = runsNear(risen, change);
  expect(near).toHaveLength(11);
  expect(near).toContain(changeKeyOf(risen, change).run);
});

it('runs near two changes five commits apart are those of one alone', () => {
  const risen = stepped([100, 20], [120, 25]);
  const [change] = risen.changes as [TrendChange];
  const next = { ...change, index: change.index + 5 };
  const twice = { ...risen, changes: [change, next] };
  const [first, second] = [runsNear(twice, change), runsNear(twice, next)];
  expect(first.at(-1)).toBe(`r${change.index + 2}`);
  expect(second[0]).toBe(`r${change.index + 3}`);
  expect(second).toHaveLength(8);
});
