// What launches say together, and what they cannot say.
import { describe, expect, it } from 'vitest';
import type { MemoryUse, Timing } from '../../src/samples/index.js';
import { estimateOf, type Figure, type Summary, summarize } from '../../src/statistics/index.js';
import { benchmarkOf, caseOf, memoryOf, recordsOf, timingOf } from './case.js';

const CASE = caseOf();
const BENCHMARK = benchmarkOf([CASE]);

function summaryOf(results: readonly (Timing | MemoryUse | 'panic' | 'interrupted')[], benchmark = BENCHMARK): Summary {
  return summarize({ benchmark, case: CASE, records: recordsOf(CASE, results), significance: 0.05 });
}

const value = (figure: Figure) => estimateOf(figure)?.value;

describe('percentiles', () => {
  it('are not told of batches, which hide them', () => {
    const { p50, p95, p99 } = summaryOf([timingOf([100, 110]), timingOf([100, 110])]);
    expect(value(p50)).toBeCloseTo(105);
    for (const figure of [p95, p99])
      expect(figure).toEqual({ missing: 'operations are too short to time alone; a batch hides their percentiles' });
  });

  it('are those of operations that were timed alone', () => {
    const alone = timingOf([150], { latencyQuantiles: { p50: 100, p95: 200, p99: 300, max: 900 } });
    const { p50, p95, p99, throughput } = summaryOf([alone, alone]);
    expect([p50, p95, p99].map(value)).toEqual([100, 200, 300]);
    // Throughput is that of the mean, which the slow operations are part of.
    expect(value(throughput)).toBeCloseTo(1e9 / 150);
  });

  it('are not told of commands, of which a launch has few samples, however long they are', () => {
    const workload = { kind: 'command' as const, command: ['sleep', '1'], cwd: '/', env: {}, expectedExitCode: 0 };
    const { p95, p99 } = summaryOf([timingOf([1e9]), timingOf([1e9])], benchmarkOf([CASE], { workload }));
    for (const figure of [p95, p99]) expect(figure).toEqual({ missing: 'a launch executes a command too few times' });
  });

  it('have no reason of their own where no launch finished', () => {
    expect(summaryOf(['panic']).p99).toEqual({ missing: 'no launch finished' });
  });
});

describe('throughput', () => {
  it('is not told of a body that takes no longer than the loop, whose mean may be negative', () => {
    const { throughput, p50 } = summaryOf([timingOf([-0.4]), timingOf([0.1]), timingOf([-0.2])]);
    expect(value(p50)).toBeLessThan(0);
    expect(throughput).toEqual({ missing: expect.stringContaining('reaches zero') });
  });
});

describe('an interval', () => {
  it('needs two launches, however many samples one has', () => {
    const { p50 } = summaryOf([timingOf(new Array(1000).fill(100))]);
    expect(p50).toEqual({ missing: expect.stringContaining('1 of at least 2 launches') });
  });

  it('comes from the spread of launches, not of samples', () => {
    const width = (figure: Figure) => {
      const { low, high } = estimateOf(figure) as NonNullable<ReturnType<typeof estimateOf>>;
      return high - low;
    };
    const wild = timingOf([10, 100, 190]);
    expect(width(summaryOf([wild, wild, wild]).p50)).toBe(0);
    expect(width(summaryOf([timingOf([90]), timingOf([100]), timingOf([110])]).p50)).toBeGreaterThan(20);
  });
});

describe('launches', () => {
  it('are counted by kind and end', () => {
    const { launches } = summaryOf([timingOf([1]), timingOf([1]), memoryOf(), 'panic', 'interrupted']);
    expect(launches).toEqual({ time: 2, memory: 1, failed: 1, interrupted: 1 });
  });

  it('that failed have no part in figures', () => {
    const two = [timingOf([100]), timingOf([102])];
    expect(summaryOf([...two, 'panic']).p50).toEqual(summaryOf(two).p50);
  });

  it('that were not steady are warned of', () => {
    const unsteady = timingOf([100], { warmUp: { iterations: 1, ns: 1, steady: false } });
    const { warnings, steadyLaunches } = summaryOf([timingOf([100]), unsteady]);
    expect(warnings).toEqual(['1 of 2 launches were not steady when their warm-up ended.']);
    expect(steadyLaunches).toBe(1);
  });

  it('whose operations are as short as the loop around them are warned of', () => {
    expect(summaryOf([timingOf([1]), timingOf([1])]).warnings).toEqual([
      expect.stringContaining('more than 5 % of what was timed was subtracted'),
    ]);
  });
});

describe('memory', () => {
  it('is per operation, and growth may be nothing or less', () => {
    const { memory } = summaryOf([memoryOf({ growthBytes: -0.5 }), memoryOf({ growthBytes: 0.5 })]);
    expect(value(memory.allocations)).toBe(2);
    expect(value(memory.allocatedBytes)).toBe(64);
    expect(value(memory.growthBytes)).toBeCloseTo(0);
  });

  it('is missing with its reason where V8 does not tell or nothing was counted', () => {
    const javascript = memoryOf({ allocations: null, growthBytes: null });
    const { memory } = summaryOf([javascript, javascript]);
    expect(memory.allocations).toEqual({ missing: 'V8 does not tell it' });
    expect(memory.growthBytes).toEqual({ missing: 'iterations take too long to make a line of what they leave' });
    expect(summaryOf([timingOf([1])]).memory.allocations).toEqual({ missing: 'no launch has counted allocations' });
  });
});

describe('a category', () => {
  it('is contradicted by a median in another band', () => {
    expect(summaryOf([timingOf([2e6]), timingOf([2e6])]).category).toEqual({
      declared: 'micro',
      measured: 'integration',
      contradicts: true,
    });
    expect(summaryOf([timingOf([999e3]), timingOf([999e3])]).category.contradicts).toBe(false);
  });
});

describe('CPU time', () => {
  it('is per operation, and its share of the wall time', () => {
    const { cpuNs, cpuUtilisation } = summaryOf([timingOf([100, 100]), timingOf([100, 100])]);
    // 1000 ns over two samples of ten iterations.
    expect(value(cpuNs)).toBe(50);
    expect(value(cpuUtilisation)).toBe(0.5);
  });
});

describe('figures of the workload', () => {
  it('are those that the definition declares', () => {
    const benchmark = benchmarkOf([CASE], { figures: { 'tasks-lost': { unit: 'tasks', why: 'some are' } } });
    const lost = timingOf([1], { figures: { 'tasks-lost': 3, other: 1 } });
    const { figures } = summaryOf([lost, lost], benchmark);
    expect(Object.keys(figures)).toEqual(['tasks-lost']);
    expect(value(figures['tasks-lost'] as Figure)).toBe(3);
  });
});

describe('a distribution', () => {
  it('is 101 ascending quantiles of all samples, and empty without one', () => {
    const { distributionNs } = summaryOf([timingOf([3, 1]), timingOf([2])]);
    expect(distributionNs).toHaveLength(101);
    expect([distributionNs[0], distributionNs[50], distributionNs[100]]).toEqual([1, 2, 3]);
    expect(summaryOf([]).distributionNs).toEqual([]);
  });
});
