// Both versions of a case are launched in turn, and launches that are added later as well.
import { describe, expect, it } from 'vitest';
import type { Benchmark } from '../../src/definition/index.js';
import {
  addCounts,
  addLaunches,
  type CasePair,
  makePairedPlan,
  type Plan,
  PRESETS,
  type SideOfCase,
} from '../../src/plan/index.js';
import type { WorkloadReference } from '../../src/samples/index.js';

const settings = { preset: 'quick', seed: 7, ...PRESETS.quick, launches: 4 };

function pairs(count: number): CasePair[] {
  const sideOf = (addon: string, n: number) => ({
    benchmark: { id: 'a/b', workload: { kind: 'native', addon, id: 'a/b' } } as Benchmark,
    each: { id: `a/b[n=${n}]`, parameters: { n }, category: 'micro' as const },
  });
  return Array.from({ length: count }, (_, n) => ({ base: sideOf('/old.node', n), head: sideOf('/new.node', n) }));
}

const sidesOf = ({ requests }: Pick<Plan, 'requests'>, caseId: string) =>
  requests.filter((each) => each.caseId === caseId).map(({ side }) => side);

describe('makePairedPlan', () => {
  const plan = makePairedPlan(pairs(10), settings);

  it('launches both sides of a case beside each other, with the workload of each', () => {
    expect(plan.requests).toHaveLength(80);
    expect(plan.requests.map(({ index }) => index)).toEqual(Array.from({ length: 80 }, (_, index) => index));
    for (let first = 0; first < 80; first += 2) {
      const both = plan.requests.slice(first, first + 2);
      expect(new Set(both.map(({ caseId }) => caseId)).size).toBe(1);
      expect(new Set(both.map(({ side }) => side)).size).toBe(2);
      expect(both.map(({ duet }) => duet)).toEqual([first, first]);
    }
    for (const { side, workload } of plan.requests)
      expect(workload).toMatchObject({ addon: side === 'base' ? '/old.node' : '/new.node' });
  });

  it('turns the order around in every second round, and lets either side begin', () => {
    const orders = pairs(10).map(({ base }) => sidesOf(plan, base.each.id));
    for (const order of orders) {
      expect(order.slice(0, 4)).toEqual([order[0], order[1], order[1], order[0]]);
      expect(order.filter((side) => side === 'base')).toHaveLength(4);
    }
    expect(orders.filter(([first]) => first === 'base')).toHaveLength(5);
  });

  it('depends on the seed alone', () => {
    expect(makePairedPlan(pairs(10), settings)).toEqual(plan);
    expect(makePairedPlan(pairs(10), { ...settings, seed: 8 })).not.toEqual(plan);
  });

  it('counts both sides where it fits the budget, and makes no launches that count memory', () => {
    const { settings: fitted } = makePairedPlan(pairs(20), { ...settings, budgetMs: 60e3 });
    const msOfAll = 20 * 2 * 4 * (300 + (fitted.warmUpNs + fitted.measureNs * 1.1) / 1e6);
    expect(msOfAll).toBeLessThan(64e3);
    expect(fitted.memoryLaunches).toBe(0);
  });
});

describe('a paired plan that counts instructions', () => {
  const withRunner = ({ benchmark, each }: SideOfCase, runner: string): SideOfCase => ({
    benchmark: { ...benchmark, workload: { ...benchmark.workload, runner } as WorkloadReference },
    each,
  });
  const counting = { ...settings, instructionLaunches: 2 };
  const countable = pairs(2).map(({ base, head }) => ({
    base: withRunner(base, '/old'),
    head: withRunner(head, '/new'),
  }));

  it('counts after all that is timed, both sides of a case beside each other and with one seed', () => {
    const { requests } = makePairedPlan(countable, counting);
    expect(requests.map(({ index }) => index)).toEqual(requests.map((_, position) => position));
    expect(requests.slice(0, 16).every(({ kind }) => kind === 'time')).toBe(true);
    const counted = requests.slice(16).map(({ kind, caseId, side, seed, workload }) => ({
      is: [kind, caseId, side, seed],
      runner: (workload as { runner?: string }).runner,
    }));
    const expected = [1, 2].flatMap((seed) =>
      ['a/b[n=0]', 'a/b[n=1]'].flatMap((id) => [
        { is: ['instructions', id, 'base', seed], runner: '/old' },
        { is: ['instructions', id, 'head', seed], runner: '/new' },
      ]),
    );
    expect(counted).toEqual(expected);
  });

  it('leaves out a case that only one side has a program for', () => {
    const half = pairs(1).map(({ base, head }) => ({ base, head: withRunner(head, '/new') }));
    expect(makePairedPlan(half, counting).requests.every(({ kind }) => kind === 'time')).toBe(true);
  });

  it('gets further counts of both sides by addCounts, behind it and with seeds that none had', () => {
    const plan = makePairedPlan(countable, counting);
    const added = addCounts(plan, new Map([['a/b[n=1]', 2]]));
    expect(added.map(({ kind, caseId, side, seed }) => [kind, caseId, side, seed])).toEqual([
      ['instructions', 'a/b[n=1]', 'base', 3],
      ['instructions', 'a/b[n=1]', 'head', 3],
      ['instructions', 'a/b[n=1]', 'base', 4],
      ['instructions', 'a/b[n=1]', 'head', 4],
    ]);
    expect(added.map(({ index }) => index - plan.requests.length)).toEqual([0, 1, 2, 3]);
  });
});

describe('addLaunches', () => {
  const plan = makePairedPlan(pairs(3), settings);

  it('adds launches of both sides to the cases that are named, behind those of the plan', () => {
    const added = addLaunches(plan, new Map([['a/b[n=1]', 2]]));
    expect(added.map(({ index }) => index)).toEqual([24, 25, 26, 27]);
    expect(added.every(({ caseId }) => caseId === 'a/b[n=1]')).toBe(true);
    const [first, second] = sidesOf({ requests: added }, 'a/b[n=1]');
    expect(sidesOf({ requests: added }, 'a/b[n=1]')).toEqual([first, second, second, first]);
  });

  it('adds launches of the one version where there is one', () => {
    const alone = { ...plan, requests: plan.requests.map(({ side: _none, ...request }) => request) };
    expect(addLaunches(alone, new Map([['a/b[n=0]', 3]]))).toHaveLength(3);
    expect(addLaunches(alone, new Map([['unknown', 3]]))).toEqual([]);
  });
});
