// A target is met or missed only where the whole interval says so.
import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../src/definition/index.js';
import { checkTargets, type Figure } from '../../src/statistics/index.js';
import { benchmarkOf, caseOf, targetOf } from './case.js';

const between = (low: number, high: number): Figure => ({ estimate: { value: (low + high) / 2, low, high } });
const MISSING: Figure = { missing: 'no launch finished' };
const NONE: Parameters<typeof checkTargets>[2] = {
  p50: MISSING,
  p95: MISSING,
  p99: MISSING,
  throughput: MISSING,
  memory: { growthBytes: MISSING, liveGrowth: MISSING, leftBytes: MISSING, peakBytes: MISSING, retainedBytes: MISSING },
  busy: MISSING,
};

/** The status of one target against one figure. */
function status(relation: '<' | '>', limit: number, figure: Figure) {
  const each = caseOf();
  const metric = relation === '<' ? 'p95' : 'throughput';
  const benchmark = benchmarkOf([each], { targets: [targetOf(metric, relation, limit)] });
  return checkTargets(benchmark, each, { ...NONE, [metric]: figure })[0]?.status;
}

describe('an upper limit', () => {
  it.each([
    [between(80, 99), 'met'],
    [between(80, 100), 'unclear'],
    [between(80, 120), 'unclear'],
    [between(100, 120), 'missed'],
    [between(101, 120), 'missed'],
    [MISSING, 'unclear'],
  ])('of 100 with %j is %s', (figure, expected) => {
    expect(status('<', 100, figure)).toBe(expected);
  });
});

describe('a lower limit', () => {
  it.each([
    [between(101, 120), 'met'],
    [between(100, 120), 'unclear'],
    [between(80, 120), 'unclear'],
    [between(80, 100), 'missed'],
    [between(80, 99), 'missed'],
    [MISSING, 'unclear'],
  ])('of 100 with %j is %s', (figure, expected) => {
    expect(status('>', 100, figure)).toBe(expected);
  });
});

describe('a promise about memory or cores', () => {
  const judge = (text: string, figures: Partial<Parameters<typeof checkTargets>[2]>) => {
    const each = caseOf();
    const benchmark = benchmarkOf([each], { targets: [parseTarget(text, {})] });
    return checkTargets(benchmark, each, { ...NONE, ...figures })[0]?.status;
  };
  const memory = (changes: object) => ({ memory: { ...NONE.memory, ...changes } });

  it.each([
    [between(-0.02, 0.09), 'met'],
    [between(0.05, 0.2), 'unclear'],
    [between(0.1, 0.3), 'missed'],
    [MISSING, 'unclear'],
  ])('on growth in a million operations of %j is %s', (liveGrowth, expected) => {
    expect(judge('live-growth < 10 %', memory({ liveGrowth }))).toBe(expected);
  });

  it.each([
    [between(0, 0), 'met'],
    [between(0, 64), 'unclear'],
    [between(48, 64), 'missed'],
  ])('on what teardown leaves of %j is %s', (leftBytes, expected) => {
    expect(judge('leak < 1 B', memory({ leftBytes }))).toBe(expected);
  });

  it.each([
    [between(0.81, 0.99), 'met'],
    [between(0.7, 0.9), 'unclear'],
    [between(0.4, 0.5), 'missed'],
  ])('on busy cores of %j is %s', (busy, expected) => {
    expect(judge('busy > 80 %', { busy })).toBe(expected);
  });
});

describe('a target of some parameter values', () => {
  it('is shown of the others and does not apply to them', () => {
    const [small, large] = [caseOf({ size: 10 }), caseOf({ size: 1000 })];
    const target = { ...targetOf('p50', '<', 100), where: { size: 10 } };
    const benchmark = benchmarkOf([small, large], { targets: [target] });
    const figures = { ...NONE, p50: between(200, 300) };
    expect(checkTargets(benchmark, small, figures)).toEqual([{ target, applies: true, status: 'missed' }]);
    expect(checkTargets(benchmark, large, figures)).toEqual([{ target, applies: false, status: 'missed' }]);
  });
});

describe('a target on a figure of the workload', () => {
  const overhead = { overhead: { unit: '%', why: 'What the program costs beside measuring.' } };
  const judge = (own: Record<string, Figure>) => {
    const each = caseOf();
    const benchmark = benchmarkOf([each], { targets: [parseTarget('overhead < 15 %', {}, overhead)] });
    return checkTargets(benchmark, each, { ...NONE, own })[0]?.status;
  };

  it.each([
    [between(11, 13), 'met'],
    [between(11, 17), 'unclear'],
    [between(16, 24), 'missed'],
  ])('of %j is %s', (figure, expected) => {
    expect(judge({ overhead: figure })).toBe(expected);
  });

  it('is unclear where no launch told the figure', () => {
    expect(judge({})).toBe('unclear');
  });
});
