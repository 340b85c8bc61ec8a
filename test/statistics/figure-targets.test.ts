// Targets on figures that a workload tells of itself.
import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../src/definition/index.js';
import { checkTargets, type Figure } from '../../src/statistics/index.js';
import { benchmarkOf, caseOf } from './case.js';

const MISSING: Figure = { missing: 'no launch finished' };
const NONE = {
  p50: MISSING,
  p95: MISSING,
  p99: MISSING,
  throughput: MISSING,
  memory: { growthBytes: MISSING, liveGrowth: MISSING, leftBytes: MISSING, peakBytes: MISSING, retainedBytes: MISSING },
  busy: MISSING,
};
const overhead = { overhead: { unit: '%', why: 'What the program costs beside measuring.' } };

function status(own: Record<string, Figure>) {
  const each = caseOf();
  const benchmark = benchmarkOf([each], { targets: [parseTarget('overhead < 15 %', {}, overhead)] });
  return checkTargets(benchmark, each, { ...NONE, own })[0]?.status;
}

describe('a target on a figure of the workload', () => {
  it('is met or missed where the whole interval says so', () => {
    expect(status({ overhead: { estimate: { value: 12, low: 11, high: 13 } } })).toBe('met');
    expect(status({ overhead: { estimate: { value: 14, low: 11, high: 17 } } })).toBe('unclear');
    expect(status({ overhead: { estimate: { value: 20, low: 16, high: 24 } } })).toBe('missed');
  });

  it('is unclear where no launch told the figure', () => {
    expect(status({})).toBe('unclear');
  });
});
