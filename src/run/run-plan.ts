// Makes the launches of a plan one after another.
import { join } from 'node:path';
import type { LaunchRecord, LaunchRequest } from '../samples/index.js';
import { launchDuet } from './duet.js';
import { type LaunchOptions, launch } from './launch.js';

/**
 * How a process that counts memory is started. Blocks that a thread keeps for its next calls would count as handed out,
 * so the C library is told to keep none: what `malloc` has handed out is then exact.
 */
export const COUNTING: Pick<LaunchOptions, 'nodeFlags' | 'environment'> = {
  nodeFlags: ['--expose-gc'],
  environment: { GLIBC_TUNABLES: 'glibc.malloc.tcache_count=0' },
};

/** What a run tells while it goes on. */
export interface RunHooks {
  /** Called before a launch; returning true skips it, because its case is settled already. */
  skip?(request: LaunchRequest): boolean;
  /** Called before a launch; returns what is asked of it now that earlier ones are known. */
  amend?(request: LaunchRequest): LaunchRequest;
  /** Called after each launch; the place to keep it. */
  onRecord(record: LaunchRecord): void;
  /** Called whenever the position changes. */
  onProgress(progress: Progress): void;
}

/** How far a plan is. */
export interface Progress {
  done: number;
  total: number;
  /** The case under way. */
  caseId: string;
  /** Expected time left, milliseconds; null until one launch has finished. */
  leftMs: number | null;
}

/**
 * Makes launches in the plan's order, one at a time: two at once would disturb each other. Only those of a duet are made
 * together, and take turns. Ends early when the signal aborts; the launch under way becomes a record of its own.
 *
 * @param requests all of a plan, or those that were added to it
 */
export async function runPlan(
  requests: readonly LaunchRequest[],
  hooks: RunHooks,
  options: LaunchOptions,
): Promise<void> {
  const total = requests.length;
  const start = Date.now();
  let made = 0;
  let done = 0;
  for (const planned of together(requests)) {
    if (options.signal.aborted) return;
    const skipped = planned.filter((request) => hooks.skip?.(request)).length;
    done += planned.length;
    if (skipped === planned.length) continue;
    const step = planned.map((request) => hooks.amend?.(request) ?? request);
    const [{ caseId }] = step as [LaunchRequest];
    const leftMs = made === 0 ? null : ((Date.now() - start) / made) * (total - done + planned.length);
    hooks.onProgress({ done: done - planned.length, total, caseId, leftMs });
    for (const record of await makeStep(step, options)) hooks.onRecord(record);
    made += planned.length;
  }
}

/** Launches that are made at one time: both of a duet, any other alone. */
function together(requests: readonly LaunchRequest[]): LaunchRequest[][] {
  const steps: LaunchRequest[][] = [];
  for (const request of requests) {
    const last = steps.at(-1);
    const joins = request.duet !== undefined && last?.[0]?.duet === request.duet;
    if (joins) last?.push(request);
    else steps.push([request]);
  }
  return steps;
}

async function makeStep(step: readonly LaunchRequest[], options: LaunchOptions): Promise<LaunchRecord[]> {
  const [first, second] = step as [LaunchRequest, LaunchRequest?];
  if (second) return launchDuet([first, second], (request) => optionsOf(request, options));
  return [await launch(first, optionsOf(first, options))];
}

/** Versions share nothing: what one keeps in the folder of its launches may be of no use to the other. */
function optionsOf({ kind, side }: LaunchRequest, options: LaunchOptions): LaunchOptions {
  const cwd = side === undefined ? options.cwd : join(options.cwd, side);
  return { ...options, cwd, ...(kind === 'memory' ? COUNTING : {}) };
}
