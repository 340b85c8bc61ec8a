// A run as it might be: quick cases and slow ones, missing figures, targets of every status, findings, failures, and
// names that try to do harm wherever text from outside is shown.
import type { Benchmark, Case, Category, Target } from '../../src/definition/index.js';
import type { Environment } from '../../src/run/index.js';
import type { Parameters } from '../../src/samples/index.js';
import type { Figure, Growth, Summary, TargetStatus } from '../../src/statistics/index.js';
import type { FailedLaunch, ProfileArtefacts, RunRecord } from '../../src/store/index.js';

/** Text that a careless renderer would run, break on, or send to the terminal as a command. */
export const HOSTILE = '</script><img src=x onerror="document.title=\'owned\'">\u001b[2J|`*[a](javascript:alert(1))';

const BATCHED = 'operations are too short to time alone; a batch hides their percentiles';

interface CaseInput {
  parameters?: Parameters;
  ns: number;
  /** Half width of the interval as a share. */
  noise?: number;
  latency?: boolean;
  bytes?: number;
  targets?: [Target, TargetStatus, applies?: boolean][];
  warnings?: string[];
}

interface BenchmarkInput {
  suite: string;
  name: string;
  why: string;
  operation: string;
  category: Category;
  scaling?: string;
  expects?: Benchmark['expects'];
  cases: CaseInput[];
}

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
    expects: 'loss',
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
    version: 1,
    id: '2026-01-20T10-15-00_4f2a',
    startedAt: '2026-01-20T10:15:00.000Z',
    finishedAt: '2026-01-20T10:19:12.400Z',
    status: 'finished',
    settings: {
      preset: 'quick',
      seed: 42,
      launches: 3,
      memoryLaunches: 1,
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
    operation,
    category,
    tags: [],
    targets: cases.flatMap(({ targets = [] }) => targets.map(([each]) => each)),
    scaling,
    figures: name === 'transaction' ? { steps: { unit: 'steps', why: 'Steps that took effect.' } } : {},
    workload: { kind: 'native', addon: 'moduforge', id },
    cases: all,
    profiled: all[0] as Case,
    expects,
    declaredAt: `benches/${suite}.bench.ts:12`,
  };
}

function toSummary(input: BenchmarkInput, each: CaseInput, of: Case): Summary {
  const { ns, noise = 0.01, latency = false, bytes } = each;
  const failed = Number.isNaN(ns);
  const time = (share: number): Figure => (failed ? { missing: 'no launch finished' } : estimate(ns * share, noise));
  const memory = (value: number): Figure =>
    bytes === undefined ? { missing: 'no memory launch finished' } : exact(value);
  return {
    caseId: of.id,
    benchmarkId: `${input.suite}/${input.name}`,
    suite: input.suite,
    parameters: of.parameters,
    launches: {
      time: failed ? 0 : 3,
      memory: failed || bytes === undefined ? 0 : 1,
      failed: failed ? 4 : 0,
      interrupted: 0,
    },
    p50: time(1),
    p95: latency || failed ? time(1.22) : { missing: BATCHED },
    p99: latency || failed ? time(1.61) : { missing: BATCHED },
    throughput: failed ? { missing: 'no launch finished' } : estimate(1e9 / ns, noise),
    cpuNs: time(1.02),
    cpuUtilisation: failed ? { missing: 'no launch finished' } : estimate(0.99, 0.01),
    memory: {
      allocations: memory(Math.round((bytes ?? 0) / 113)),
      allocatedBytes: memory(bytes ?? 0),
      peakBytes: memory((bytes ?? 0) * 1.4),
      retainedBytes: memory((bytes ?? 0) * 0.8),
      growthBytes: bytes === undefined ? memory(0) : { estimate: { value: 0.2, low: -1.1, high: 1.5 } },
      maxRssBytes: failed ? { missing: 'no launch finished' } : estimate(71e6, 0.02),
    },
    figures: input.name === 'transaction' ? { steps: exact(10) } : {},
    outliers: { lowSevere: 0, lowMild: 1, highMild: 2, highSevere: failed ? 0 : 1, samples: failed ? 0 : 60 },
    noise: { withinLaunch: noise * 1.7, betweenLaunches: failed ? null : noise },
    steadyLaunches: failed ? 0 : 3,
    category: {
      declared: input.category,
      measured: failed ? null : bandOf(ns),
      contradicts: !failed && bandOf(ns) !== input.category,
    },
    distributionNs: failed ? [] : distribution(ns, noise),
    launchMediansNs: failed ? [] : [ns * 0.996, ns * 1.001, ns * 1.003],
    targets: (each.targets ?? []).map(([of, status, applies = true]) => ({ target: of, applies, status })),
    warnings: each.warnings ?? [],
  };
}

/** Quantiles of a skewed distribution around a median; a few samples at the top are far away, as they are. */
function distribution(ns: number, noise: number): number[] {
  return Array.from({ length: 101 }, (_, percent) => {
    const place = (percent - 50) / 50;
    return ns * (1 + noise * (2 * place ** 3 + place) + (percent > 96 ? noise * (percent - 96) : 0));
  });
}

function bandOf(ns: number): Category {
  if (ns < 1e6) return 'micro';
  return ns <= 1e8 ? 'integration' : 'e2e';
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

function failures(benchmarks: Benchmark[]): FailedLaunch[] {
  const lost = benchmarks.find(({ name }) => name === 'concurrent')?.cases[0]?.id as string;
  const hostile = benchmarks.find(({ suite }) => suite === 'hostile')?.cases[0]?.id as string;
  const loss = { reason: 'wrong-answer', message: 'expected 8 updates, found 7' } as const;
  return [
    ...[3, 9, 14].map((index) => ({ caseId: lost, index, kind: 'time' as const, failure: loss, expected: true })),
    {
      caseId: hostile,
      index: 17,
      kind: 'memory',
      failure: {
        reason: 'crash',
        message: `the process died: ${HOSTILE}`,
        signal: 'SIGSEGV',
        stderr: `last words\n${HOSTILE}`,
      },
      expected: false,
    },
    {
      caseId: 'model/node-create[attributes=50,via=factory]',
      index: 21,
      kind: 'profile',
      failure: { reason: 'timeout', message: 'no answer within 30 s; the process was killed', exitCode: 137 },
      expected: false,
    },
  ];
}

function profiles(benchmarks: Benchmark[]): ProfileArtefacts[] {
  const shares = { user: 0.01, node: 0.02, v8: 0.03, rust: 0.71, libc: 0.21, kernel: 0.02 };
  return benchmarks.slice(0, 3).map(({ profiled }) => {
    const folder = `profiles/${profiled.id.replace(/[^A-Za-z0-9.-]/g, '_')}_1a2b3c`;
    const flame = {
      flame: `${folder}/flame.html`,
      folded: `${folder}/stacks.folded`,
      speedscope: `${folder}/speedscope.json`,
    };
    return {
      caseId: profiled.id,
      engines: [
        {
          engine: 'flame',
          files: flame,
          samples: 8123,
          intervalNs: 1_000_000,
          slowdown: 1.03,
          javascriptCallerShare: 0.987,
          shares,
        },
        {
          engine: 'cpu',
          files: { cpuprofile: `${folder}/cpu.cpuprofile` },
          samples: 4011,
          slowdown: 1.12,
          blind: 'Sees JavaScript only: all Rust time is in the function that called it.',
        },
        {
          engine: 'heap',
          files: { heapsnapshot: `${folder}/heap.heapsnapshot` },
          blind: 'Sees the V8 heap, not Rust memory.',
        },
        { engine: 'v8-cpu', files: {}, failure: 'v8-profiler-next is not installed; run "npm install"' },
      ],
    };
  });
}

function environment(): Environment {
  return {
    cpu: { model: 'AMD EPYC 7B13', logicalCores: 2, governor: null, turbo: null },
    memoryBytes: 8_334_000_000,
    kernel: '6.1.0-28',
    os: 'Debian GNU/Linux 12',
    architecture: 'x64',
    cgroup: { cpus: 2, memoryBytes: null },
    node: '20.20.0',
    v8: '11.3.244.8',
    rustc: '1.90.0',
    forgebench: '0.1.0',
    subjects: { 'moduforge-model': '0.7.0', 'moduforge-state': '0.7.0' },
    commit: 'ec78391d0f2b6a5c4e3f-dirty',
    load: 0.42,
    fingerprint: '9d1c3f',
  };
}

function target(text: string, metric: Target['metric'], relation: '<' | '>', limit: number, where: Parameters): Target {
  return { text, metric, relation, limit, where };
}

function estimate(value: number, share: number): Figure {
  return { estimate: { value, low: value * (1 - share), high: value * (1 + share) } };
}

function exact(value: number): Figure {
  return { estimate: { value, low: value, high: value } };
}
