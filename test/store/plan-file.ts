// A plan file and records of launches, as small as they may be.
import {
  type InstructionCount,
  type LaunchRecord,
  type LaunchRequest,
  type MemoryUse,
  type Timing,
  WIRE_VERSION,
} from '../../src/samples/index.js';
import { type PlanFile, RUN_VERSION } from '../../src/store/index.js';
import { benchmarkOf, memoryOf, timingOf } from '../statistics/case.js';
import { MACHINE } from './stored-runs.js';

export const BENCHMARK = benchmarkOf([{ id: 'demo/case', parameters: {}, category: 'micro' }]);

/** A plan of these kinds of launches, each asked to measure for 50 ms after 20 ms of warm-up. */
export function planFile(id: string, kinds: readonly LaunchRequest['kind'][] = ['time', 'memory']): PlanFile {
  return {
    version: RUN_VERSION,
    id,
    startedAt: '2026-01-02T03:04:05.000Z',
    environment: {
      ...MACHINE,
      forgebench: '0.1.0',
      subjects: {},
      commit: null,
      load: 0,
      fingerprint: '0123456789abcdef',
    },
    benchmarks: [BENCHMARK],
    plan: {
      settings: {
        preset: 'quick',
        seed: 1,
        launches: 2,
        memoryLaunches: 2,
        memoryOperations: null,
        memoryLimitNs: 20e9,
        samples: 3,
        warmUpNs: 20e6,
        measureNs: 50e6,
        budgetMs: null,
        timeoutMs: 1000,
        significance: 0.05,
      },
      requests: kinds.map((kind, index) => ({
        version: WIRE_VERSION,
        index,
        caseId: 'demo/case',
        kind,
        workload: BENCHMARK.workload,
        parameters: {},
        warmUpNs: 20e6,
        measureNs: 50e6,
        samples: 3,
        timeoutMs: 1000,
      })),
    },
  };
}

/** What a timed launch saw that warmed up for 20 ms and measured for 48 ms. */
export const TIMING = timingOf([100, 101, 102], {
  warmUp: { iterations: 100, ns: 20e6, steady: true },
  cpu: { userNs: 40e6, systemNs: 1e6, wallNs: 48e6 },
});

export const MEMORY = memoryOf({ cpu: { userNs: 40e6, systemNs: 1e6, wallNs: 50e6 } });

type Result = Timing | MemoryUse | InstructionCount;

/** A launch that took this many milliseconds in all. */
export function recordOf(index: number, result: Result | 'panic' | 'interrupted', durationMs = 300): LaunchRecord {
  const kind = typeof result === 'string' ? 'time' : result.kind;
  const outcome =
    typeof result === 'string'
      ? { status: 'failed' as const, failure: { reason: result, message: `It ended with ${result}` } }
      : { status: 'ok' as const, result };
  return { version: WIRE_VERSION, index, caseId: 'demo/case', kind, startedAt: 1767323045000, durationMs, outcome };
}
