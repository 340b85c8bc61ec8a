// Flame graphs by the sampler inside the worker, which needs neither perf nor rights.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EngineResult, mapSources, parseProfile } from '../../profile/index.js';
import { readBounded } from './bounded-file.js';
import type { Engine } from './engine.js';
import { probeCapture } from './probe-capture.js';
import { asTaken, callerFacts, cost, profileFacts, sentences } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, NAMES_ON_STACK, profiledLaunch } from './profiled-launch.js';
import { writeFlame } from './write-flame.js';

const BLIND =
  'It sees the thread that runs JavaScript alone: no other thread, no process that was started, no time inside the kernel.';

/** Asked for by name: writes `native.flame.html`, `native.stacks.folded` and `native.speedscope.json`, beside those of `flame`. */
export const native: Engine = {
  name: 'native',
  about: 'flame graph with JavaScript and Rust in one stack by the sampler inside the process, without perf',
  refuses: {
    command: "Cannot sample a command from inside forgebench's worker: the command is another process; use flame",
  },
  probe: () => probeCapture('native', { found: 'built into forgebench', fix: 'npm run setup' }),
  profile: (job, options) => sampleInProcess(job, options, { prefix: 'native.' }),
};

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
      `Cannot sample a command from inside forgebench's worker: the command is another process; ${warning}`,
    );
  // Against a launch that does not name its code: that has its cost too.
  const clean = await job.clean();
  const profiled = await inFolderOfItsOwn(options.cwd, (cwd) =>
    profiledLaunch(job, ['native'], { ...options, cwd, nodeFlags: NAMES_ON_STACK }),
  );
  const file = join(job.folder, profiled.files.native?.profile as string);
  const sampled = parseProfile(readBounded(file));
  const profile = mapSources(asTaken(sampled, profiled, { 'node flags': NAMES_ON_STACK.join(' ') }));
  rmSync(file);
  const callers = callerFacts(profile);
  const facts = {
    ...profileFacts(profile),
    ...cost(profiled, clean),
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
