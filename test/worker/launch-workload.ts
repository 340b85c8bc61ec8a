// A launch of a worker as `forgebench run` makes it, with a workload of the fixtures.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../../src/run/index.js';
import {
  type LaunchFailure,
  type LaunchKind,
  type MemoryUse,
  type Parameters,
  type Timing,
  WIRE_VERSION,
  type WorkloadReference,
} from '../../src/samples/index.js';

/** The program that was built: workers are started by path. */
const WORKER = fileURLToPath(new URL('../../dist/worker/main.js', import.meta.url));
const BODIES = fileURLToPath(new URL('../fixtures/worker/bodies.mjs', import.meta.url));

interface Wanted {
  parameters?: Parameters;
  kind?: LaunchKind;
  concurrency?: number;
  measureMs?: number;
  operations?: number;
  timeoutMs?: number;
}

type Outcome = Timing | MemoryUse | { kind: 'verify' } | (LaunchFailure & { kind: 'failure' });

/** Launches an export of `fixtures/worker/bodies.mjs`. */
export function launchModule(name: string, { concurrency = 1, ...rest }: Wanted = {}): Promise<Outcome> {
  return launchWorkload({ kind: 'module', file: BODIES, export: name, concurrency }, rest);
}

/** Launches a workload in a folder of its own; a failure is an outcome too. */
export async function launchWorkload(workload: WorkloadReference, wanted: Wanted = {}): Promise<Outcome> {
  const { parameters = {}, kind = 'time', measureMs = 150, timeoutMs = 30_000 } = wanted;
  const cwd = mkdtempSync(join(tmpdir(), 'forgebench-worker-'));
  const times = { warmUpNs: 60e6, measureNs: measureMs * 1e6, samples: 25, timeoutMs };
  const request = {
    version: WIRE_VERSION,
    index: 0,
    caseId: 'test/case',
    kind,
    workload,
    parameters,
    ...times,
    ...(wanted.operations === undefined ? {} : { operations: wanted.operations }),
  } as const;
  try {
    const { outcome } = await launch(request, { worker: WORKER, cwd, signal: new AbortController().signal });
    if (outcome.status === 'failed') return { kind: 'failure', ...outcome.failure };
    return outcome.result as Outcome;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** The outcome as a timing. */
export function timing(outcome: Outcome): Timing {
  if (outcome.kind !== 'time') throw new Error(`No timing: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** The outcome as a memory use. */
export function memory(outcome: Outcome): MemoryUse {
  if (outcome.kind !== 'memory') throw new Error(`No memory use: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** The middle of the samples, nanoseconds. */
export function medianNs({ samplesNs }: Timing): number {
  return samplesNs.toSorted((a, b) => a - b)[Math.floor(samplesNs.length / 2)] as number;
}

/** What a body that ends by the clock may run too long, as it hears of the time one reading late: nanoseconds. */
export function readingNs({ overhead }: Timing): number {
  return overhead.clockNs + overhead.resolutionNs;
}

/** The result of the attempt nearest to `truth`: whatever else the machine does can only push one away from it. */
export async function nearest(truth: number, attempt: () => Promise<number>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 4 && Math.abs(best - truth) > 0.002 * truth; i++) {
    const seen = await attempt();
    if (Math.abs(seen - truth) < Math.abs(best - truth)) best = seen;
  }
  return best;
}
