// A run as the database holds it and as it crosses from one database to another: figures and samples, case by case.
import { z } from 'zod';
import { launchKind } from '../samples/index.js';

/** Version of a stored run; a reader refuses what it does not know. */
export const STORED_VERSION = 1;

/** Where a run was measured: by forgebench, or by the tool whose results were imported. */
export const ORIGINS = ['forgebench', 'criterion', 'hyperfine', 'tinybench', 'vitest', 'go'] as const;

const optionalText = z.string().nullable();
const optionalNumber = z.number().nullable();

/** What is known of a machine; imported runs leave most of it open. */
const machine = z.strictObject({
  cpu: z.strictObject({
    model: optionalText,
    logicalCores: optionalNumber,
    governor: optionalText,
    turbo: z.boolean().nullable(),
  }),
  memoryBytes: optionalNumber,
  kernel: optionalText,
  os: optionalText,
  architecture: optionalText,
  cgroup: z.strictObject({ cpus: optionalNumber, memoryBytes: optionalNumber }),
  node: optionalText,
  v8: optionalText,
  rustc: optionalText,
});
export type Machine = z.infer<typeof machine>;

const environment = z.strictObject({
  /** Hash of the machine: runs with different ones are never compared silently. */
  fingerprint: z.string().min(1),
  machine,
  commit: optionalText,
  load: optionalNumber,
  forgebench: optionalText,
  subjects: z.record(z.string(), z.string()),
});

/** A figure by the name of its metric; without an interval where a single launch was made. */
const storedFigure = z.strictObject({
  value: z.number(),
  low: optionalNumber,
  high: optionalNumber,
  /** `ns`, `/s`, `B`, `share`, that of a figure of the workload's own, or nothing. */
  unit: z.string(),
});
export type StoredFigure = z.infer<typeof storedFigure>;

/** One launch of a case: samples of time to seven digits, where it has them, or why it failed. */
const storedLaunch = z.strictObject({
  /** Position in the plan, from 0. */
  position: z.int().min(0),
  kind: launchKind,
  durationMs: optionalNumber,
  /** Reason and message where it failed. */
  failure: optionalText,
  medianNs: optionalNumber,
  samplesNs: z.array(z.number()),
  /** HDR histogram of single operations, V2 in base64; null where samples are batches. */
  latency: optionalText,
});
export type StoredLaunch = z.infer<typeof storedLaunch>;

const storedCase = z.strictObject({
  id: z.string().min(1),
  benchmark: z.string().min(1),
  figures: z.record(z.string(), storedFigure),
  launches: z.array(storedLaunch),
  /** Promises that apply to the case, and whether they were kept. */
  targets: z.array(z.strictObject({ text: z.string(), status: z.enum(['met', 'missed', 'unclear']) })),
});
export type StoredCase = z.infer<typeof storedCase>;

/** A profile by the SHA-256 of its content, so that the same file is kept once. */
const storedProfile = z.strictObject({
  caseId: z.string(),
  engine: z.string(),
  kind: z.string(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(0),
});
export type StoredProfile = z.infer<typeof storedProfile>;

const time = z.iso.datetime();

/** The schema of a stored run: what `export` writes on a line, and what `import` accepts. */
export const storedRun = z.strictObject({
  version: z.literal(STORED_VERSION),
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/),
  origin: z.enum(ORIGINS),
  startedAt: time,
  finishedAt: time.nullable(),
  status: z.enum(['finished', 'interrupted']),
  environment,
  cases: z.array(storedCase),
  profiles: z.array(storedProfile),
  /** The record as `run.json` has it, which whoever reads it validates; null where the run was imported from elsewhere. */
  record: z.unknown(),
});
export type StoredRun = z.infer<typeof storedRun>;
