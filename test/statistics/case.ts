// A benchmark and launches of its cases, as small as they may be.
import type { Benchmark, Case, Target } from '../../src/definition/index.js';
import {
  type InstructionCount,
  type LaunchRecord,
  type MemoryUse,
  type Parameters,
  type Resources,
  type Timing,
  WIRE_VERSION,
} from '../../src/samples/index.js';

/** A case with these parameters. */
export function caseOf(parameters: Parameters = {}): Case {
  return { id: `demo/case${JSON.stringify(parameters)}`, parameters, category: 'micro' };
}

/** A benchmark with these cases. */
export function benchmarkOf(cases: Case[], changes: Partial<Benchmark> = {}): Benchmark {
  return {
    id: 'demo/case',
    suite: 'demo',
    name: 'case',
    crate: undefined,
    why: 'What do launches say together?',
    priority: undefined,
    operation: 'one call',
    category: 'micro',
    tags: [],
    targets: [],
    scaling: undefined,
    figures: {},
    findings: [],
    workload: { kind: 'module', file: '/demo.mjs', export: 'demo', concurrency: 1 },
    cases,
    profiled: cases[0] as Case,
    expects: undefined,
    declaredAt: '/demo.bench.ts:1',
    ...changes,
  };
}

/** A target that applies to every case. */
export function targetOf(metric: Target['metric'], relation: '<' | '>', limit: number): Target {
  return { text: `${metric} ${relation} ${limit}`, metric, relation, limit, unit: '', where: {} };
}

/** What one thread of a launch used. */
export const RESOURCES: Resources = {
  threads: 1,
  cores: 1,
  minorFaults: 10,
  majorFaults: 0,
  voluntarySwitches: 4,
  involuntarySwitches: 2,
  io: { readBytes: 100, writtenBytes: 50, storageReadBytes: 0, storageWrittenBytes: 0 },
  gc: { count: 0, pauseNs: 0 },
  eventLoopDelay: null,
};

/** What a timed launch saw whose operations took this long. */
export function timingOf(samplesNs: number[], changes: Partial<Timing> = {}): Timing {
  return {
    kind: 'time',
    samplesNs,
    iterationsPerSample: 10,
    operationsPerIteration: 1,
    overhead: { clockNs: 20, resolutionNs: 1, loopNs: 0.3 },
    warmUp: { iterations: 100, ns: 1e6, steady: true },
    cpu: { userNs: 900, systemNs: 100, wallNs: 2000 },
    resources: RESOURCES,
    counts: null,
    maxRssBytes: 1e6,
    figures: {},
    ...changes,
  };
}

/** What a memory launch saw. */
export function memoryOf(changes: Partial<MemoryUse> = {}): MemoryUse {
  return {
    kind: 'memory',
    iterations: 1000,
    operationsPerIteration: 1,
    allocations: 2,
    allocatedBytes: 64,
    peakBytes: 64,
    retainedBytes: 0,
    growthBytes: 0,
    live: {
      operations: [0, 200, 400, 600, 800, 1000],
      heapBytes: new Array(6).fill(1e6),
      cBytes: new Array(6).fill(0),
    },
    left: { firstBytes: 100, rounds: [0, 0, 0], heapRounds: [0, 0, 0] },
    held: null,
    complete: true,
    cpu: { userNs: 900, systemNs: 100, wallNs: 2000 },
    resources: RESOURCES,
    gc: null,
    maxRssBytes: 1e6,
    figures: {},
    ...changes,
  };
}

/** What a launch counted: so many instructions per operation, over so many iterations of one operation. */
export function countOf(perOperation: number, iterations = 100): InstructionCount {
  const instructions = perOperation * iterations;
  return { kind: 'instructions', counted: { instructions, iterations, operationsPerIteration: 1 } };
}

/** Records of launches of a case; a word is the reason of a failure. */
export function recordsOf(
  each: Case,
  results: readonly (Timing | MemoryUse | InstructionCount | 'panic' | 'interrupted')[],
): LaunchRecord[] {
  return results.map((result, index) => ({
    version: WIRE_VERSION,
    index,
    caseId: each.id,
    kind: typeof result === 'string' ? 'time' : result.kind,
    startedAt: 0,
    durationMs: 1,
    outcome:
      typeof result === 'string'
        ? { status: 'failed', failure: { reason: result, message: result } }
        : { status: 'ok', result },
  }));
}
