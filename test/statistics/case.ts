// A benchmark and launches of its cases, as small as they may be.
import type { Benchmark, Case, Target } from '../../src/definition/index.js';
import type { LaunchRecord, MemoryUse, Parameters, Timing } from '../../src/samples/index.js';

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
    gc: null,
    maxRssBytes: 1e6,
    figures: {},
    ...changes,
  };
}

/** Records of launches of a case; a word is the reason of a failure. */
export function recordsOf(
  each: Case,
  results: readonly (Timing | MemoryUse | 'panic' | 'interrupted')[],
): LaunchRecord[] {
  return results.map((result, index) => ({
    version: 1,
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
