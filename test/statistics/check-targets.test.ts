// A target is met or missed only where the whole interval says so.
import { describe, expect, it } from 'vitest';
import { checkTargets, type Figure } from '../../src/statistics/index.js';
import { benchmarkOf, caseOf, targetOf } from './case.js';

const between = (low: number, high: number): Figure => ({ estimate: { value: (low + high) / 2, low, high } });
const MISSING: Figure = { missing: 'no launch finished' };
const MEMORY = { growthBytes: MISSING, peakBytes: MISSING, retainedBytes: MISSING };
const NONE = { p50: MISSING, p95: MISSING, p99: MISSING, throughput: MISSING, memory: MEMORY };

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
