// What results of other tools become: runs whose figures have the same names, and whose machine is mostly unknown.
import { createHash } from 'node:crypto';
import { estimateOf, figureOfLaunches, median } from '../../statistics/index.js';
import { fingerprintOf } from '../fingerprint-of.js';
import {
  type Machine,
  type ORIGINS,
  STORED_VERSION,
  type StoredCase,
  type StoredFigure,
  type StoredRun,
} from '../stored-run.js';

/** A case as another tool measured it. */
export interface ForeignCase {
  id: { suite: string; name: string; parameters?: Readonly<Record<string, string>> };
  /** Nanoseconds per operation; samples of one process stand together, because a launch is a process. */
  launches: readonly (readonly number[])[];
  /** Figures that the tool gives itself; `p50` among them only where there are no samples. */
  figures?: Readonly<Record<string, { value: number; unit: string }>>;
}

/** Results of one session of another tool. */
export interface ForeignResults {
  origin: (typeof ORIGINS)[number];
  startedAt: Date;
  cases: readonly ForeignCase[];
  machine?: { cpu?: string | undefined; os?: string | undefined; architecture?: string | undefined };
  commit?: string | undefined;
}

/** Samples of a launch at most; more are thinned to as many of their quantiles. */
const MOST_SAMPLES = 1000;

/** The run of these results. Its id comes from their content, so that it is the same whenever they are imported. */
export function foreignRun({ origin, startedAt, cases, machine = {}, commit }: ForeignResults): StoredRun {
  const known: Machine = {
    ...UNKNOWN,
    cpu: { ...UNKNOWN.cpu, model: machine.cpu ?? null },
    os: machine.os ?? null,
    architecture: machine.architecture ?? null,
  };
  const stored = withOwnIds(cases.map(toCase));
  const content = JSON.stringify([origin, stored, known, commit]);
  return {
    version: STORED_VERSION,
    id: `${origin}-${createHash('sha256').update(content).digest('hex').slice(0, 12)}`,
    origin,
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    status: 'finished',
    environment: {
      fingerprint: fingerprintOf(known),
      machine: known,
      commit: commit ?? null,
      load: null,
      forgebench: null,
      subjects: {},
    },
    cases: stored,
    profiles: [],
    record: null,
  };
}

const UNKNOWN: Machine = {
  cpu: { model: null, logicalCores: null, governor: null, turbo: null },
  memoryBytes: null,
  kernel: null,
  os: null,
  architecture: null,
  cgroup: { cpus: null, memoryBytes: null },
  node: null,
  v8: null,
  rustc: null,
};

function toCase({ id, launches, figures = {} }: ForeignCase): StoredCase {
  const benchmark = `${word(id.suite)}/${word(id.name)}`;
  const pairs = Object.entries(id.parameters ?? {}).map(([name, value]) => `${word(name)}=${word(value)}`);
  const medians = launches.map(median);
  const given = Object.entries(figures).map(([name, figure]) => [name, { ...figure, low: null, high: null }] as const);
  return {
    id: pairs.length === 0 ? benchmark : `${benchmark}[${pairs.join(',')}]`,
    benchmark,
    figures: { ...Object.fromEntries(given), ...(medians.length > 0 && { p50: typical(medians) }) },
    launches: launches.map((samples, position) => ({
      position,
      kind: 'time',
      durationMs: null,
      failure: null,
      medianNs: medians[position] as number,
      samplesNs: thinned(samples),
      latency: null,
    })),
    targets: [],
  };
}

/** One launch says nothing of how launches differ, so that it gives no interval. */
function typical(medians: readonly number[]): StoredFigure {
  const estimate = estimateOf(figureOfLaunches(medians, 0.05));
  return estimate === undefined
    ? { value: median(medians), low: null, high: null, unit: 'ns' }
    : { value: estimate.value, low: estimate.low, high: estimate.high, unit: 'ns' };
}

/** Text as a part of an id: what has a meaning there becomes `_`, and space `-`. */
function word(text: string): string {
  const written = text
    .trim()
    .replace(/\s+/g, '-')
    .replace(/[/[\],=*\p{Cc}]/gu, '_');
  return written === '' ? '_' : written;
}

/** Names that differ only in characters which ids do not have stay apart by a number. */
function withOwnIds(cases: readonly StoredCase[]): StoredCase[] {
  const seen = new Map<string, number>();
  return cases.map((each) => {
    const turn = (seen.get(each.id) ?? 0) + 1;
    seen.set(each.id, turn);
    return turn === 1 ? each : { ...each, id: `${each.id}~${turn}` };
  });
}

function thinned(samples: readonly number[]): number[] {
  if (samples.length <= MOST_SAMPLES) return [...samples];
  const sorted = Float64Array.from(samples).sort();
  const step = (samples.length - 1) / (MOST_SAMPLES - 1);
  return Array.from({ length: MOST_SAMPLES }, (_, index) => sorted[Math.round(index * step)] as number);
}
