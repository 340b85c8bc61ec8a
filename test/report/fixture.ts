// A run as it might be: quick cases and slow ones, missing figures, targets of every status, findings, failures, and
// names that try to do harm wherever text from outside is shown.
import type { Benchmark, Case, Target } from '../../src/definition/index.js';
import type { Parameters } from '../../src/samples/index.js';
import type { Growth } from '../../src/statistics/index.js';
import { RUN_VERSION, type RunRecord } from '../../src/store/index.js';
import { environment, failures, HOSTILE, profiles } from './fixture-around.js';
import { findingResults, findingsOf } from './fixture-findings.js';
import { type BenchmarkInput, toSummary } from './fixture-summary.js';

export { HOSTILE };

const throughput = target('throughput > 100k/s', 'throughput', '>', 1e5, {});
const p95 = target('p95 < 10 ms', 'p95', '<', 1e7, { nodes: 1000 });
const lookup = target('p50 < 10 µs', 'p50', '<', 1e4, {});
const growth = target('growth < 1 B', 'growth', '<', 1, {});

const INPUTS: BenchmarkInput[] = [
  {
    suite: 'model',
    name: 'node-create',
    why: 'How fast is a node made, and what do its attributes cost?',
    operation: 'one node created',
    category: 'micro',
    cases: [
      { parameters: { attributes: 0, via: 'new' }, ns: 412, bytes: 340, targets: [[throughput, 'met']] },
      {
        parameters: { attributes: 3, via: 'new' },
        ns: 1239,
        noise: 0.008,
        bytes: 1126,
        targets: [[throughput, 'met']],
      },
      {
        parameters: { attributes: 50, via: 'factory' },
        ns: 11_800,
        noise: 0.031,
        bytes: 21_800,
        targets: [[throughput, 'missed']],
        warnings: ['1 of 3 launches were not steady when their warm-up ended.'],
      },
    ],
  },
  {
    suite: 'model',
    name: 'tree-build',
    why: 'How does building a document grow with its size? It is quadratic in 0.7.0.',
    operation: 'one tree built',
    category: 'integration',
    scaling: 'nodes',
    cases: [100, 1000, 10_000].map((nodes) => ({
      parameters: { nodes },
      ns: 0.9 * nodes ** 1.98,
      noise: 0.015,
      latency: true,
      bytes: nodes * 812,
      targets: [[p95, nodes === 1000 ? 'met' : 'missed', nodes === 1000]],
    })),
  },
  {
    suite: 'model',
    name: 'attribute-get',
    why: 'What does looking up an attribute cost?',
    operation: 'one attribute read',
    category: 'micro',
    cases: [
      {
        ns: 23.4,
        noise: 0.004,
        bytes: 0,
        targets: [
          [lookup, 'met'],
          [growth, 'unclear'],
        ],
      },
    ],
  },
  {
    suite: 'state',
    name: 'transaction',
    why: 'What does a transaction cost, from its first step to the new state?',
    operation: 'one transaction applied',
    category: 'integration',
    cases: [{ parameters: { nodes: 1000, steps: 10 }, ns: 3.42e6, noise: 0.02, latency: true, bytes: 1_843_000 }],
  },
  {
    suite: 'state',
    name: 'concurrent',
    why: 'Do tasks that share a state lose updates? In 0.7.0 they do.',
    operation: 'one task finished',
    category: 'integration',
    expects: 'wrong-answer',
    cases: [{ parameters: { tasks: 8 }, ns: Number.NaN }],
  },
  {
    suite: 'hostile',
    name: HOSTILE,
    why: `Is text from outside shown as text? ${HOSTILE}`,
    operation: HOSTILE,
    category: 'micro',
    cases: [{ parameters: { [HOSTILE]: HOSTILE }, ns: 151, warnings: [HOSTILE] }],
  },
];

/** The run; every call makes a fresh copy, so that a test may change it. */
export function exampleRun(): RunRecord {
  const benchmarks = INPUTS.map(toBenchmark);
  return {
    version: RUN_VERSION,
    id: '2026-01-20T10-15-00_4f2a',
    startedAt: '2026-01-20T10:15:00.000Z',
    finishedAt: '2026-01-20T10:19:12.400Z',
    status: 'finished',
    settings: {
      preset: 'quick',
      seed: 42,
      launches: 3,
      memoryLaunches: 1,
      memoryOperations: null,
      memoryLimitNs: 20e9,
      samples: 20,
      warmUpNs: 3e8,
      measureNs: 1e9,
      budgetMs: 600_000,
      timeoutMs: 30_000,
      significance: 0.05,
    },
    environment: environment(),
    benchmarks,
    summaries: INPUTS.flatMap((input, index) =>
      input.cases.map((each, at) => toSummary(input, each, benchmarks[index]?.cases[at] as Case)),
    ),
    growth: growths(benchmarks),
    findings: findingResults(benchmarks),
    failures: failures(benchmarks),
    profiles: profiles(benchmarks),
    cost: { measuredMs: 221_000, wallMs: 252_400 },
  };
}

function toBenchmark({ suite, name, why, operation, category, scaling, expects, cases }: BenchmarkInput): Benchmark {
  const id = `${suite}/${name}`;
  const all = cases.map(({ parameters = {} }): Case => {
    const text = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
    return { id: text.length > 0 ? `${id}[${text.join(',')}]` : id, parameters, category };
  });
  return {
    id,
    suite,
    name,
    crate: suite === 'hostile' ? undefined : `moduforge-${suite}`,
    why,
    priority: undefined,
    operation,
    category,
    tags: [],
    targets: cases.flatMap(({ targets = [] }) => targets.map(([each]) => each)),
    scaling,
    figures: name === 'transaction' ? { steps: { unit: 'steps', why: 'Steps that took effect.' } } : {},
    findings: findingsOf(id),
    workload: { kind: 'native', addon: 'moduforge', id },
    cases: all,
    profiled: all[0] as Case,
    expects,
    declaredAt: `benches/${suite}.bench.ts:12`,
  };
}

function growths(benchmarks: Benchmark[]): Growth[] {
  const of = benchmarks.find(({ scaling }) => scaling !== undefined) as Benchmark;
  const points = of.cases.map(({ id, parameters }) => {
    const size = parameters.nodes as number;
    return {
      size,
      caseId: id,
      p50: { value: 0.9 * size ** 1.98, low: 0.88 * size ** 1.98, high: 0.93 * size ** 1.98 },
    };
  });
  return [
    {
      benchmarkId: of.id,
      parameter: 'nodes',
      fixed: {},
      points,
      exponent: { estimate: { value: 1.98, low: 1.95, high: 2.01 } },
    },
  ];
}

function target(text: string, metric: Target['metric'], relation: '<' | '>', limit: number, where: Parameters): Target {
  return { text, metric, relation, limit, unit: metric === 'throughput' ? '/s' : 'ns', where };
}
