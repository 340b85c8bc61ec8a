// The wire between `run` and its workers: one request in, one record out. docs/wire.md describes it for readers.
import { z } from 'zod';

/** The version of the wire and of the journal; a reader refuses what it does not know. */
export const WIRE_VERSION = 2;

const parameterValue = z.union([z.string(), z.number(), z.boolean()]);

/** Parameters of a case by name, in definition order. */
export type Parameters = Record<string, string | number | boolean>;

/** How the work is reached: Rust in an addon, an export of an ES module, or a process. */
export const workloadReference = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('native'),
    addon: z.string(),
    id: z.string(),
    /** The program with the same workloads, whose instructions can be counted. */
    runner: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('module'), file: z.string(), export: z.string(), concurrency: z.int().min(1) }),
  z.strictObject({
    kind: z.literal('command'),
    command: z.array(z.string()).min(1),
    cwd: z.string(),
    env: z.record(z.string(), z.string()),
    expectedExitCode: z.int(),
  }),
]);
export type WorkloadReference = z.infer<typeof workloadReference>;

/** What a launch does: time the case, count its memory or its instructions, check its answer, or run it under a profiler. */
export const launchKind = z.enum(['time', 'memory', 'instructions', 'verify', 'profile']);
export type LaunchKind = z.infer<typeof launchKind>;

/** Which of two versions a launch measures. */
const side = z.enum(['base', 'head']);
export type Side = z.infer<typeof side>;

const launchRequest = z.strictObject({
  version: z.literal(WIRE_VERSION),
  /** Position in the plan, from 0. */
  index: z.int().min(0),
  caseId: z.string(),
  /** Where two versions are measured in turn; absent in a run of one. */
  side: side.optional(),
  /** Where both sides' launches are made at one time: a number that both have. */
  duet: z.int().min(0).optional(),
  kind: launchKind,
  workload: workloadReference,
  parameters: z.record(z.string(), parameterValue),
  /** Longest warm-up, nanoseconds. */
  warmUpNs: z.number().min(0),
  /** Time to measure (or to profile) for, nanoseconds. */
  measureNs: z.number().positive(),
  /** Samples to take in a launch of kind `time`. */
  samples: z.int().min(1),
  /** For kind `time`: time to count allocations for once nothing is timed any more, nanoseconds; none where it is absent. */
  countNs: z.number().min(0).optional(),
  /** For kind `memory`: operations after which an endurance launch ends, at the latest after `measureNs`. */
  operations: z.number().min(1).optional(),
  /** For kind `instructions`: iterations that an earlier launch of the case has counted. */
  iterations: z.number().min(1).optional(),
  /** For kind `instructions`: what is random in the process follows from this number. */
  seed: z.int().min(1).optional(),
  /** Time after which the launch counts as hung, milliseconds. */
  timeoutMs: z.number().positive(),
  /** In a duet: descriptors over which the turn comes and leaves, and how long a partner may keep it, milliseconds. */
  turns: z.strictObject({ wait: z.int(), pass: z.int(), patienceMs: z.number().positive() }).optional(),
  /** For kind `profile`: which captures run in the worker, where the files go, and whose JavaScript is forgebench's own. */
  capture: z
    .strictObject({ engines: z.array(z.string()), folder: z.string(), ownFolders: z.array(z.string()) })
    .optional(),
});
export type LaunchRequest = z.infer<typeof launchRequest>;

const numbers = z.array(z.number());

const cpu = z.strictObject({ userNs: z.number(), systemNs: z.number(), wallNs: z.number() });

/** What a launch used while it was timed or counted, beside CPU time; a command's are those of the command. */
const resources = z.strictObject({
  /** Threads that were on a core for at least 1 % of the time; null for a command. */
  threads: z.number().nullable(),
  /** Cores in use: as many as threads, at most those that the process may use; null for a command. */
  cores: z.number().nullable(),
  minorFaults: z.number(),
  majorFaults: z.number(),
  voluntarySwitches: z.number(),
  involuntarySwitches: z.number(),
  /** Bytes that passed `read` and `write`, and those of them that reached storage; null where the kernel is silent. */
  io: z
    .strictObject({
      readBytes: z.number(),
      writtenBytes: z.number(),
      storageReadBytes: z.number(),
      storageWrittenBytes: z.number(),
    })
    .nullable(),
  /** Collections of V8 and their pauses, warm-up included; null for a command. */
  gc: z.strictObject({ count: z.number(), pauseNs: z.number() }).nullable(),
  /** How late timers of the event loop were; null where the loop is blocked by the workload itself, or has no part. */
  eventLoopDelay: z.strictObject({ p50Ns: z.number(), p99Ns: z.number(), maxNs: z.number() }).nullable(),
});
export type Resources = z.infer<typeof resources>;

/** Bytes and calls per operation; `peakBytes` is that of an iteration. */
const operationCounts = z.strictObject({
  iterations: z.number().min(1),
  allocations: z.number(),
  allocatedBytes: z.number(),
  peakBytes: z.number(),
  retainedBytes: z.number(),
  /** Bytes that each operation leaves behind; absent where too few iterations were counted. */
  growthBytes: z.number().optional(),
});
export type OperationCounts = z.infer<typeof operationCounts>;

/** What a finished launch of kind `time` saw. All times in nanoseconds. */
const timing = z.strictObject({
  kind: z.literal('time'),
  /** Nanoseconds per operation, one for each sample. */
  samplesNs: numbers.min(1),
  iterationsPerSample: z.number().min(1),
  operationsPerIteration: z.number().min(1),
  /** HDR histogram of single operations, V2 in base64; absent where samples are batches of many. */
  latency: z.string().optional(),
  /** Quantiles of that histogram, nanoseconds. */
  latencyQuantiles: z.strictObject({ p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() }).optional(),
  overhead: z.strictObject({ clockNs: z.number(), resolutionNs: z.number(), loopNs: z.number() }),
  warmUp: z.strictObject({ iterations: z.number(), ns: z.number(), steady: z.boolean() }),
  cpu,
  resources,
  /** What an operation asks of the allocator, counted after the last sample; null where nobody counts. */
  counts: operationCounts.nullable(),
  /** Highest resident set of the launch, bytes. */
  maxRssBytes: z.number(),
  /** Figures of the workload's own, by name. */
  figures: z.record(z.string(), z.number()),
});
export type Timing = z.infer<typeof timing>;

/** What a finished launch of kind `memory` saw; bytes and calls per operation. */
const memoryUse = z.strictObject({
  kind: z.literal('memory'),
  iterations: z.number().min(1),
  operationsPerIteration: z.number().min(1),
  /** Calls to the allocator per operation; null for JavaScript, whose engine does not count them. */
  allocations: z.number().nullable(),
  /** Bytes asked for per operation. */
  allocatedBytes: z.number(),
  /** Highest live bytes above the start of an iteration; null for JavaScript. */
  peakBytes: z.number().nullable(),
  /** Live bytes that the output of an iteration holds; null for JavaScript. */
  retainedBytes: z.number().nullable(),
  /**
   * Slope of live bytes after teardown over operations: what leaks, bytes per operation; null for JavaScript that ran
   * so few times that it cannot be told from what V8 grows for itself.
   */
  growthBytes: z.number().nullable(),
  /**
   * Live bytes over operations, more than before the set-up; the first reading is the state after settling. `heap` is
   * what Rust holds, or V8's heap after a collection with the buffers outside it; `c` the rest of the C heap.
   */
  live: z.strictObject({ operations: numbers, heapBytes: numbers, cBytes: numbers }),
  /**
   * Bytes still held after teardown: after the first one more than before the set-up, then what each further round of
   * set-up, iterations and teardown left above the round before; `heapRounds` is the part of Rust or V8. Null where
   * set-up takes too long to be repeated.
   */
  left: z.strictObject({ firstBytes: z.number(), rounds: numbers, heapRounds: numbers }).nullable(),
  /** Live and resident bytes while an output was held, more than before the set-up; null where they are unknown. */
  held: z.strictObject({ liveBytes: z.number(), residentBytes: z.number() }).nullable(),
  /** True where the launch ended because it had done the operations that were asked for. */
  complete: z.boolean(),
  cpu,
  resources,
  /** V8 heap and garbage collection; null for native work. */
  gc: z.strictObject({ count: z.number(), pauseNs: z.number() }).nullable(),
  maxRssBytes: z.number(),
  figures: z.record(z.string(), z.number()),
});
export type MemoryUse = z.infer<typeof memoryUse>;

/** What a finished launch of kind `instructions` counted under callgrind. */
const instructionCount = z.strictObject({
  kind: z.literal('instructions'),
  /** Null where the launch had no time to count one iteration: callgrind makes programs some 50 times slower. */
  counted: z
    .strictObject({
      /** Of all threads, in the timed part of all iterations. */
      instructions: z.number().min(1),
      iterations: z.number().min(1),
      operationsPerIteration: z.number().min(1),
    })
    .nullable(),
});
export type InstructionCount = z.infer<typeof instructionCount>;

const workedSpan = {
  iterations: z.number(),
  operationsPerIteration: z.number().min(1),
  /** `CLOCK_MONOTONIC` around the workload, nanoseconds. */
  startNs: z.number(),
  endNs: z.number(),
  /** Processor time of all threads of the process in between, nanoseconds; of a command, its own. */
  cpuNs: z.number(),
  /** Time in between for which the thread was ready to run while another had its core; 0 where nobody tells. */
  queuedNs: z.number(),
};

/** A span in which a workload ran without being measured. */
const span = z.strictObject(workedSpan);
export type Span = z.infer<typeof span>;

/** What a finished launch of kind `profile` left; its timings are never used for figures. */
const profiled = z.strictObject({
  kind: z.literal('profile'),
  ...workedSpan,
  /** Spans of the same process that nobody watched, before and after; absent where there was no capture in it. */
  clean: z.array(span).optional(),
  /** Id of the worker's process, which is not the workload where that is a command. */
  worker: z.int().positive().optional(),
  /** What each capture wrote: names of files in the folder by kind. */
  files: z.record(z.string(), z.record(z.string(), z.string())),
});
export type Profiled = z.infer<typeof profiled>;

/** Why a launch has no result. */
export const launchFailure = z.strictObject({
  reason: z.enum([
    'wrong-answer',
    'error',
    'panic',
    'setup',
    'parameters',
    'unknown-workload',
    'crash',
    'killed',
    'timeout',
    'protocol',
    'spawn',
    'interrupted',
    'profiler',
  ]),
  message: z.string(),
  signal: z.string().optional(),
  exitCode: z.int().optional(),
  /** The last lines that the process wrote to standard error. */
  stderr: z.string().optional(),
});
export type LaunchFailure = z.infer<typeof launchFailure>;

/**
 * Points of a time line, 10 for each second: the end of each stretch in milliseconds after the start, busy cores and
 * bytes read and written within the stretch, resident bytes and threads at its end.
 */
export const timeline = z.strictObject({
  atMs: numbers,
  cores: numbers,
  residentBytes: numbers,
  readBytes: numbers,
  writtenBytes: numbers,
  threads: numbers,
});
export type Timeline = z.infer<typeof timeline>;

export const launchRecord = z.strictObject({
  version: z.literal(WIRE_VERSION),
  index: z.int().min(0),
  caseId: z.string(),
  side: side.optional(),
  /** Another record has the same number where both launches took turns. */
  duet: z.int().min(0).optional(),
  kind: launchKind,
  /** Milliseconds since the epoch at the start, and the whole duration of the process. */
  startedAt: z.number(),
  durationMs: z.number(),
  /** What the process and its children used over time, seen from outside; absent where a launch was short. */
  timeline: timeline.optional(),
  outcome: z.discriminatedUnion('status', [
    z.strictObject({
      status: z.literal('ok'),
      result: z.discriminatedUnion('kind', [
        timing,
        memoryUse,
        instructionCount,
        z.strictObject({ kind: z.literal('verify') }),
        profiled,
      ]),
    }),
    z.strictObject({ status: z.literal('failed'), failure: launchFailure }),
  ]),
});
/** One line of the journal: one finished launch, well or badly. */
export type LaunchRecord = z.infer<typeof launchRecord>;
