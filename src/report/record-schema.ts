// The published schema of run.json, held equal to the type RunRecord by the compiler.
import { z } from 'zod';
import { launchFailure, launchKind, timeline, workloadReference } from '../samples/index.js';
import { RUN_VERSION, type RunRecord } from '../store/index.js';
import type { AsJson, MutuallyAssignable } from './as-json.js';

const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const share = z.number().min(0).max(1);
const category = z.enum(['micro', 'integration', 'e2e', 'memory']);
const count = z.int().min(0);

const estimate = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });
const figure = z
  .union([z.strictObject({ estimate }), z.strictObject({ missing: z.string() })])
  .describe('A value with its 95 % interval, or the reason why there is none.');

const target = z.strictObject({
  text: z.string().describe('As written, such as `p95 < 1 ms`.'),
  metric: z.enum([
    'p50',
    'p95',
    'p99',
    'throughput',
    'growth',
    'live-growth',
    'leak',
    'peak',
    'retained',
    'busy',
    'figure',
  ]),
  figure: z.string().optional().describe("For the metric `figure`: which of the benchmark's own."),
  relation: z.enum(['<', '>']),
  limit: z
    .number()
    .describe(
      "Nanoseconds for quantiles, operations per second for throughput, bytes for growth and leak, a share for live-growth and busy, a figure's own unit.",
    ),
  unit: z.string().describe('Unit of the limit.'),
  where: parameters.describe('Parameter values that it applies to; empty for every case.'),
});

const relation = z.enum(['<', '>']);
const finding = z.strictObject({
  what: z.string().describe('What the subject does wrong and what it costs.'),
  source: z.string().describe("File and lines in the subject's source."),
  shows: z.string().describe('The condition as written, such as `exponent > 1.5`.'),
  condition: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('failure'), reason: z.enum(['panic', 'error', 'wrong-answer']) }),
    z.strictObject({ kind: z.literal('exponent'), relation, limit: z.number() }),
    z.strictObject({ kind: z.literal('ratio'), relation, limit: z.number(), against: parameters }),
    z.strictObject({ kind: z.literal('figure'), target }),
  ]),
  where: parameters,
});

const benchmarkCase = z.strictObject({ id: z.string(), parameters, category });

const benchmark = z.strictObject({
  id: z.string(),
  suite: z.string(),
  name: z.string(),
  crate: z.string().optional(),
  why: z.string(),
  priority: z.string().optional().describe('Which question about its subject it answers.'),
  operation: z.string(),
  category,
  tags: z.array(z.string()).readonly(),
  targets: z.array(target).readonly(),
  scaling: z.string().optional().describe('The parameter whose growth is followed.'),
  figures: z.record(z.string(), z.object({ unit: z.string(), why: z.string() }).strict()).readonly(),
  findings: z.array(finding).readonly(),
  workload: workloadReference,
  cases: z.array(benchmarkCase).readonly(),
  profiled: benchmarkCase,
  expects: z
    .enum(['panic', 'error', 'wrong-answer'])
    .optional()
    .describe('The failure that the benchmark is there to show.'),
  declaredAt: z.string(),
});

const settings = z.strictObject({
  preset: z.string(),
  seed: z.number(),
  launches: count,
  memoryLaunches: count,
  memoryOperations: z.number().nullable(),
  memoryLimitNs: z.number().min(0),
  instructionLaunches: count.optional().describe('Launches of each case that count instructions.'),
  samples: count,
  warmUpNs: z.number().min(0),
  measureNs: z.number().min(0),
  budgetMs: z.number().nullable(),
  timeoutMs: z.number().min(0),
  significance: share,
});

const environment = z.strictObject({
  cpu: z.strictObject({
    model: z.string(),
    logicalCores: z.number(),
    governor: z.string().nullable(),
    turbo: z.boolean().nullable(),
  }),
  memoryBytes: z.number(),
  kernel: z.string(),
  os: z.string(),
  architecture: z.string(),
  cgroup: z.strictObject({ cpus: z.number().nullable(), memoryBytes: z.number().nullable() }),
  node: z.string(),
  v8: z.string(),
  rustc: z.string().nullable(),
  forgebench: z.string(),
  subjects: z.record(z.string(), z.string()),
  commit: z.string().nullable(),
  binaries: z.record(z.string(), z.string()).optional().describe('Hash of what each benchmark runs, by its id.'),
  load: z.number(),
  fingerprint: z.string(),
});

const resourceUse = z
  .strictObject({
    busy: figure.describe('CPU time over wall time and cores in use.'),
    threads: z.number().nullable(),
    cores: z.number().nullable(),
    minorFaults: figure,
    majorFaults: figure,
    voluntarySwitches: figure,
    involuntarySwitches: figure,
    readBytes: figure,
    writtenBytes: figure,
    storageReadBytes: figure,
    storageWrittenBytes: figure,
    collectionShare: figure,
    eventLoopDelayNs: figure,
    timeline: timeline.extend({ kind: launchKind }).nullable(),
  })
  .describe('What the timed part used; counts and bytes are per second.');

/** The statistics of a case. */
export const summarySchema = z.strictObject({
  caseId: z.string(),
  benchmarkId: z.string(),
  suite: z.string(),
  parameters,
  launches: z.strictObject({ time: count, memory: count, failed: count, interrupted: count }),
  p50: figure,
  p95: figure,
  p99: figure,
  throughput: figure,
  cpuNs: figure,
  cpuUtilisation: figure,
  memory: z.strictObject({
    allocations: figure,
    allocatedBytes: figure,
    peakBytes: figure,
    retainedBytes: figure,
    growthBytes: figure,
    maxRssBytes: figure,
    liveBytes: figure,
    liveGrowth: figure.describe('Growth in a million operations, as a share of the live bytes in use.'),
    leftBytes: figure.describe('What a round of set-up, iterations and teardown leaves behind.'),
    leftFirstBytes: figure,
    fragmentation: figure.describe('Resident over live bytes.'),
    collections: figure.describe('Collections of V8 in a million operations.'),
    collectionNs: figure.describe('Pauses of V8 per operation.'),
    operations: z.number().nullable().describe('Operations that the growth rests on.'),
    series: z.strictObject({ operations: z.array(z.number()), liveBytes: z.array(z.number()) }),
  }),
  instructions: z
    .strictObject({
      perOperation: figure.describe('Of all threads, under callgrind; of JavaScript without its compiler.'),
      launches: z.array(z.number()).describe('Per operation, of each launch; the n-th has seed n.'),
      iterations: z.array(count).describe('Iterations that each launch counted.'),
      scatter: z.number().nullable().describe('The most over the least of the launches, less 1.'),
      deterministic: z.boolean().describe('False where they depend on chance or on time.'),
    })
    .optional()
    .describe('Absent where nobody asked for them.'),
  resources: resourceUse,
  figures: z.record(z.string(), figure),
  outliers: z.strictObject({
    lowSevere: count,
    lowMild: count,
    highMild: count,
    highSevere: count,
    samples: count,
  }),
  noise: z.strictObject({ withinLaunch: z.number(), betweenLaunches: z.number().nullable() }),
  steadyLaunches: count,
  category: z.strictObject({ declared: category, measured: category.nullable(), contradicts: z.boolean() }),
  distributionNs: z.array(z.number()),
  launchMediansNs: z.array(z.number()),
  batchMediansNs: z.array(z.number()).optional(),
  targets: z.array(z.strictObject({ target, applies: z.boolean(), status: z.enum(['met', 'missed', 'unclear']) })),
  warnings: z.array(z.string()),
});

/** How the time of a benchmark grows with a parameter. */
export const growthSchema = z.strictObject({
  benchmarkId: z.string(),
  parameter: z.string(),
  fixed: parameters,
  points: z.array(z.strictObject({ size: z.number(), caseId: z.string(), p50: estimate })),
  exponent: figure,
});

const evidence = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('figure'),
    subject: z.string().describe('The case, or the benchmark and the sizes that growth was measured over.'),
    against: z.string().optional().describe('For a ratio, the case below the line.'),
    metric: z.string(),
    unit: z.string(),
    estimate,
  }),
  z.strictObject({
    kind: z.literal('failure'),
    subject: z.string(),
    failed: count,
    launches: count,
    message: z.string(),
  }),
]);

const findingResult = z.strictObject({
  benchmarkId: z.string(),
  finding,
  status: z.enum(['seen', 'absent', 'unclear', 'unmeasured']),
  evidence: evidence.nullable(),
});

const engineResult = z.strictObject({
  engine: z.string(),
  files: z.record(z.string(), z.string()).describe('Paths by kind of file, relative to the folder of the run.'),
  samples: z.number().optional(),
  intervalNs: z.number().optional(),
  operations: z.number().optional(),
  intervalBytes: z.number().optional(),
  slowdown: z.number().optional(),
  cpuSlowdown: z.number().optional(),
  attributedShare: share.optional(),
  javascriptCallerShare: share.optional(),
  shares: z.record(z.string(), z.number()).optional(),
  blind: z.string().optional(),
  warning: z.string().optional(),
  finding: z.string().optional(),
  table: z.strictObject({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
  leaks: z.array(z.string()).optional().describe('Absent where no engine looked for leaks.'),
  skipped: z.string().optional(),
  failure: z.string().optional(),
});

/** The schema of run.json. A reader refuses fields and versions that it does not know. */
export const runRecordSchema = z.strictObject({
  version: z.literal(RUN_VERSION),
  id: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  status: z.enum(['finished', 'interrupted']),
  settings,
  environment,
  benchmarks: z.array(benchmark),
  summaries: z.array(summarySchema),
  growth: z.array(growthSchema),
  findings: z.array(findingResult),
  failures: z.array(
    z.strictObject({
      caseId: z.string(),
      index: count,
      kind: launchKind,
      failure: launchFailure,
      expected: z.boolean().describe('True for a finding about the subject that the definition declares.'),
    }),
  ),
  profiles: z.array(z.strictObject({ caseId: z.string(), engines: z.array(engineResult) })),
  cost: z.strictObject({ measuredMs: z.number(), wallMs: z.number() }),
});

// Fails to compile as soon as the schema and RunRecord part, in either direction.
const schemaIsTheType: MutuallyAssignable<AsJson<z.infer<typeof runRecordSchema>>, AsJson<RunRecord>> = true;
void schemaIsTheType;
