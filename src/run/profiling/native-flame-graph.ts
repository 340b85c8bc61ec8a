// Flame graphs by the sampler inside the worker, which needs neither perf nor rights.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EngineResult, mapSources, parseProfile } from '../../profile/index.js';
import { asTaken, callerFacts, profileFacts, sentences, slowdown } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, NAMES_ON_STACK, profiledLaunch } from './profiled-launch.js';
import { writeFlame } from './write-flame.js';

const BLIND =
  'It sees the thread that runs JavaScript alone: no other thread, no process that was started, no time inside the kernel.';

/** Asked for by name: writes the files of `flame` with `native.` before their names, beside those. */
export function nativeFlameGraph(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  return sampleInProcess(job, options, { prefix: 'native.' });
}

/**
 * Samples the worker's JavaScript thread from inside and writes the files of a flame graph.
 *
 * @throws Error where the sampler saw nothing
 */
export async function sampleInProcess(
  job: ProfileJob,
  options: ProfileOptions,
  { prefix = '', warning }: { prefix?: string; warning?: string },
): Promise<EngineResult> {
  if (job.benchmark.workload.kind === 'command')
    throw new Error(
      `Cannot sample a command from inside forgebench's worker: the command is another process; ${warning ?? 'use flame'}`,
    );
  const profiled = await inFolderOfItsOwn(options.cwd, (cwd) =>
    profiledLaunch(job, ['native'], { ...options, cwd, nodeFlags: NAMES_ON_STACK }),
  );
  const file = join(job.folder, profiled.files.native?.profile as string);
  const sampled = parseProfile(readFileSync(file, 'utf8'));
  const profile = mapSources(asTaken(sampled, profiled, { 'node flags': NAMES_ON_STACK.join(' ') }));
  rmSync(file);
  const callers = callerFacts(profile);
  const facts = {
    ...profileFacts(profile),
    ...slowdown(job, profiled),
    ...callers,
    ...sentences('warning', [warning, callers.warning]),
    blind: BLIND,
  };
  if (facts.samples === 0) throw new Error('The sampler saw no sample of the workload: it used no processor time');
  const recorder = 'sampler inside the process';
  const written = writeFlame(profile, facts, { job, options, recorder, prefix });
  return {
    engine: 'native',
    files: written.files,
    ...facts,
    ...sentences('warning', [warning, callers.warning, written.warning]),
  };
}
