// Summaries of the example run, made from a time and a share of noise.
import type { Benchmark, Case, Category, Target } from '../../src/definition/index.js';
import type { Parameters } from '../../src/samples/index.js';
import type { Figure, ResourceUse, Summary, TargetStatus } from '../../src/statistics/index.js';

const BATCHED = 'operations are too short to time alone; a batch hides their percentiles';

export interface CaseInput {
  parameters?: Parameters;
  ns: number;
  /** Half width of the interval as a share. */
  noise?: number;
  latency?: boolean;
  bytes?: number;
  targets?: [Target, TargetStatus, applies?: boolean][];
  warnings?: string[];
}

export interface BenchmarkInput {
  suite: string;
  name: string;
  why: string;
  operation: string;
  category: Category;
  scaling?: string;
  expects?: Benchmark['expects'];
  cases: CaseInput[];
}

export function toSummary(input: BenchmarkInput, each: CaseInput, of: Case): Summary {
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
      liveBytes: memory(250_000),
      liveGrowth: bytes === undefined ? memory(0) : { estimate: { value: 0.004, low: -0.002, high: 0.03 } },
      leftBytes: memory(0),
      leftFirstBytes: memory(2_000),
      fragmentation: { missing: 'less than 4 MiB lived at once' },
      collections: { missing: 'native work makes no garbage for V8' },
      collectionNs: { missing: 'native work makes no garbage for V8' },
      operations: failed || bytes === undefined ? null : 12_300,
      series: { operations: [0, 6_150, 12_300], liveBytes: [250_000, 250_010, 250_012] },
    },
    resources: resources(failed),
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

function resources(failed: boolean): ResourceUse {
  const of = (value: number): Figure => (failed ? { missing: 'no launch finished' } : estimate(value, 0.02));
  return {
    busy: of(0.98),
    threads: failed ? null : 1,
    cores: failed ? null : 1,
    minorFaults: of(1_200),
    majorFaults: failed ? of(0) : exact(0),
    voluntarySwitches: of(40),
    involuntarySwitches: of(12),
    readBytes: of(5_000),
    writtenBytes: failed ? of(0) : exact(0),
    storageReadBytes: failed ? of(0) : exact(0),
    storageWrittenBytes: failed ? of(0) : exact(0),
    collectionShare: failed ? of(0) : exact(0),
    eventLoopDelayNs: of(90_000),
    timeline: failed
      ? null
      : {
          kind: 'time',
          atMs: [100, 200, 300, 400],
          cores: [0.9, 1, 1, 0.8],
          residentBytes: [50e6, 60e6, 70e6, 70e6],
          readBytes: [4e6, 0, 0, 0],
          writtenBytes: [0, 0, 100, 0],
          threads: [11, 11, 11, 11],
        },
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

function estimate(value: number, share: number): Figure {
  return { estimate: { value, low: value * (1 - share), high: value * (1 + share) } };
}

function exact(value: number): Figure {
  return { estimate: { value, low: value, high: value } };
}
