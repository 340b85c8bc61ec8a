// A launch under a profiler, in a folder of its own where it may leave what it likes.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type LaunchRecord, type LaunchRequest, type Profiled, WIRE_VERSION } from '../../samples/index.js';
import { launch } from '../launch.js';
import { LIMITED_FILES, ranIntoLimit } from './bounded-file.js';
import { type CaseToProfile, PROFILE_TIMEOUT_MS, type ProfileOptions } from './profile-job.js';

/** V8 writes a name for each piece of code that it makes, and keeps interpreted frames apart on the native stack. */
export const NAMES_ON_STACK: readonly string[] = ['--perf-basic-prof', '--interpreted-frames-native-stack'];

/**
 * Runs the case's workload under captures inside the worker.
 *
 * @throws Error with the failure of the launch
 */
export async function profiledLaunch(
  job: CaseToProfile,
  captures: readonly string[],
  options: ProfileOptions,
): Promise<Profiled> {
  const record = await launch(profileRequest(job, captures, options), { wrapper: LIMITED_FILES, ...options });
  return profiledOf(record.outcome);
}

/** The request that a worker, or a program that a tool starts, gets. */
export function profileRequest(
  job: CaseToProfile,
  captures: readonly string[],
  { ownFolders, timeLimitMs = PROFILE_TIMEOUT_MS }: Pick<ProfileOptions, 'ownFolders' | 'timeLimitMs'>,
): LaunchRequest {
  return {
    version: WIRE_VERSION,
    index: job.index,
    caseId: job.case.id,
    kind: 'profile',
    workload: job.benchmark.workload,
    parameters: job.case.parameters,
    warmUpNs: 0,
    measureNs: job.durationNs,
    samples: 1,
    timeoutMs: timeLimitMs,
    capture: { engines: [...captures], folder: job.folder, ownFolders: [...ownFolders] },
  };
}

/**
 * What a profiled launch left.
 *
 * @throws Error with the failure of the launch
 */
export function profiledOf(outcome: LaunchRecord['outcome']): Profiled {
  if (outcome.status === 'failed') {
    const { message, stderr = '', signal } = outcome.failure;
    const limit = ranIntoLimit(signal, stderr);
    if (limit !== undefined) throw new Error(`The profiled process ${limit}`);
    throw new Error(stderr ? `${message}: ${stderr.trim().split('\n').at(-1)}` : message);
  }
  if (outcome.result.kind !== 'profile') throw new Error('The launch answered something else than it was asked');
  return outcome.result;
}

/**
 * Runs `work` with a new folder inside `parent`, then removes it and the maps of names that node has left in `/tmp` for
 * processes that ran there.
 */
export async function inFolderOfItsOwn<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'profile-'));
  try {
    return await work(folder);
  } finally {
    for (const pid of processesNamed(folder)) rmSync(`/tmp/perf-${pid}.map`, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** With a map, V8 starts a log in the working folder, whose name tells the process even where it has crashed. */
function processesNamed(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => /^isolate-.*-(\d+)-v8\.log$/.exec(name)?.[1] ?? []);
}
