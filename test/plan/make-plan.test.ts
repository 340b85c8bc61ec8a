// A plan is the same every time, interleaves all cases, and fits its budget.
import { describe, expect, it } from 'vitest';
import type { Benchmark, Category } from '../../src/definition/index.js';
import { makePlan, type PlanSettings, PRESETS } from '../../src/plan/index.js';

const settings: PlanSettings = { preset: 'quick', seed: 7, ...PRESETS.quick };

function selection(cases: number, kind: 'native' | 'command' = 'native', category: Category = 'micro') {
  const workload =
    kind === 'native'
      ? { kind: 'native' as const, addon: '/a.node', id: 'a/b' }
      : { kind: 'command' as const, command: ['true'], cwd: '/', env: {}, expectedExitCode: 0 };
  const benchmark = { id: 'a/b', workload } as Benchmark;
  return [
    {
      benchmark,
      cases: Array.from({ length: cases }, (_, n) => ({
        id: `a/b[n=${n}]`,
        parameters: { n },
        category,
      })),
    },
  ];
}

describe('makePlan', () => {
  it('makes the same plan of the same seed', () => {
    expect(makePlan(selection(20), settings)).toEqual(makePlan(selection(20), settings));
  });

  it('makes another order of another seed', () => {
    const order = (seed: number) => makePlan(selection(20), { ...settings, seed }).requests.map(({ caseId }) => caseId);
    expect(order(1)).not.toEqual(order(2));
  });

  it('gives every case its launches, and numbers them from 0', () => {
    const { requests } = makePlan(selection(20), settings);
    expect(requests.map(({ index }) => index)).toEqual(requests.map((_, position) => position));
    expect(requests.filter(({ caseId, kind }) => caseId === 'a/b[n=3]' && kind === 'time')).toHaveLength(
      settings.launches,
    );
  });

  it('counts memory in launches of their own where memory is the question, and at the end of timed ones elsewhere', () => {
    const kinds = (category: Category) =>
      makePlan(selection(1, 'native', category), settings).requests.map(({ kind }) => kind);
    expect(kinds('micro')).toEqual(['time', 'time', 'time']);
    const whole = makePlan(selection(1, 'native', 'memory'), { preset: 'default', seed: 7, ...PRESETS.default });
    expect(whole.requests.filter(({ kind }) => kind === 'memory')).toHaveLength(PRESETS.default.memoryLaunches);
    expect(kinds('memory')).toEqual(['time', 'time', 'time']);
    const [timed] = makePlan(selection(1), settings).requests;
    expect(timed?.countNs).toBeGreaterThan(0);
  });

  it('launches every case once before any case twice', () => {
    const timed = makePlan(selection(20), settings).requests.filter(({ kind }) => kind === 'time');
    expect(new Set(timed.slice(0, 20).map(({ caseId }) => caseId)).size).toBe(20);
  });

  it('shortens measuring to the budget and never lengthens it', () => {
    const tight = makePlan(selection(100), { ...settings, budgetMs: 120e3 });
    expect(tight.settings.measureNs).toBeLessThan(settings.measureNs);
    const loose = makePlan(selection(1), { ...settings, budgetMs: 3600e3 });
    expect(loose.settings.measureNs).toBe(settings.measureNs);
  });

  it('makes memory launches alone with the preset memory, each of as many operations as time allows', () => {
    const memory: PlanSettings = { preset: 'memory', seed: 7, ...PRESETS.memory };
    const { requests, settings: fitted } = makePlan(selection(3), memory);
    expect(requests).toHaveLength(3 * memory.memoryLaunches);
    for (const request of requests)
      expect(request).toMatchObject({ kind: 'memory', operations: 1e6, measureNs: fitted.memoryLimitNs });
    expect(fitted.memoryLimitNs).toBe(20e9);
    const tight = makePlan(selection(100), { ...memory, budgetMs: 200e3 });
    expect(tight.settings.memoryLimitNs).toBeLessThan(1e9);
    expect(tight.settings.memoryLimitNs).toBeGreaterThan(0.6e9);
  });

  it('counts for a share of the time where no operations are asked for', () => {
    const whole: PlanSettings = { preset: 'default', seed: 7, ...PRESETS.default };
    const counted = makePlan(selection(1, 'native', 'memory'), whole).requests.find(({ kind }) => kind === 'memory');
    expect(counted).not.toHaveProperty('operations');
    expect(counted?.measureNs).toBe(whole.measureNs / 4);
  });

  it('counts instructions after all that is timed, where the workload has a program for it', () => {
    const counting = { ...settings, instructionLaunches: 2 };
    const [native] = selection(2) as [ReturnType<typeof selection>[number]];
    const workload = { kind: 'native' as const, addon: '/a.node', id: 'a/b', runner: '/runner' };
    const traced = [{ ...native, benchmark: { ...native.benchmark, workload } }];
    const { requests } = makePlan(traced, counting);
    expect(requests.map(({ kind }) => kind)).toEqual([
      ...new Array(6).fill('time'),
      ...new Array(4).fill('instructions'),
    ]);
    expect(requests.at(-1)).toMatchObject({ index: 9, timeoutMs: 120_000 });
    const others = [...selection(2), ...selection(2, 'command')];
    expect(makePlan(others, counting).requests.every(({ kind }) => kind === 'time')).toBe(true);
  });

  it('counts no memory of commands, whose timed launches report it', () => {
    expect(makePlan(selection(2, 'command'), settings).requests.every(({ kind }) => kind === 'time')).toBe(true);
  });
});
