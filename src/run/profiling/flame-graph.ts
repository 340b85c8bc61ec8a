// Flame graphs of JavaScript and Rust in one stack: by perf, and where perf cannot, by the sampler inside the process.
import { join } from 'node:path';
import { engine } from '../../native/index.js';
import {
  type EngineResult,
  isKernelVisible,
  mapSources,
  type Profile,
  parseProfile,
  perfCommand,
} from '../../profile/index.js';
import type { Profiled } from '../../samples/index.js';
import { sampleInProcess } from './native-flame-graph.js';
import { perfTrouble } from './perf-trouble.js';
import { asTaken, callerFacts, profileFacts, sentences, slowdown } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, NAMES_ON_STACK, profiledLaunch } from './profiled-launch.js';
import { writeFlame } from './write-flame.js';

const IDLE = 'perf cannot see time in which nothing runs';
const NO_KERNEL = 'nor time inside the kernel, which root may see';

/** Without the kernel's frames, or with other code of V8 in the stacks, a profile has other frames. */
const capture = () => ({
  'kernel frames': isKernelVisible() ? 'seen' : 'unseen',
  'node flags': NAMES_ON_STACK.join(' '),
});

/** Writes `flame.html`, `stacks.folded`, `speedscope.json` and `profile.json`. */
export async function flameGraph(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const trouble = await perfTrouble();
  if (trouble !== undefined) return withoutPerf(`perf cannot record here (${trouble})`, job, options);
  const seen = await recordWithPerf(job, options);
  if (typeof seen === 'string') return withoutPerf(seen, job, options);
  const { profile, profiled } = seen;
  // A command is another process, and JavaScript need not have called anything there.
  const callers = job.benchmark.workload.kind === 'command' ? {} : callerFacts(profile);
  const blind = `${isKernelVisible() ? IDLE : `${IDLE}, ${NO_KERNEL}`}.`;
  const facts: Omit<EngineResult, 'engine' | 'files'> = {
    ...profileFacts(profile),
    ...slowdown(job, profiled),
    ...callers,
    blind,
  };
  const { files, warning } = writeFlame(profile, facts, { job, options, recorder: 'perf' });
  return { engine: 'flame', files, ...facts, ...sentences('warning', [facts.warning, warning]) };
}

/** The profile, or why perf has none of a launch that was well. A launch that failed is thrown. */
export async function recordWithPerf(
  job: ProfileJob,
  options: ProfileOptions,
): Promise<{ profile: Profile; profiled: Profiled } | string> {
  return inFolderOfItsOwn(options.cwd, async (cwd) => {
    // Tens of megabytes that nothing reads again: they go with the folder.
    const recording = join(cwd, 'perf.data');
    const profiled = await profiledLaunch(job, [], {
      ...options,
      cwd,
      nodeFlags: NAMES_ON_STACK,
      wrapper: perfCommand({ output: recording }),
    });
    const { startNs, endNs } = profiled;
    try {
      const folded = await engine().foldPerf(recording, { startNs, endNs, ownFolders: [...options.ownFolders] });
      const profile = mapSources(asTaken(parseProfile(folded), profiled, capture()));
      return profileFacts(profile).samples === 0 ? 'perf saw no sample of the workload' : { profile, profiled };
    } catch (error) {
      return `perf's recording cannot be read (${(error as Error).message})`;
    }
  });
}

async function withoutPerf(reason: string, job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const warning = `This is not perf but forgebench's own sampler, because ${reason}; run "forgebench doctor".`;
  return { ...(await sampleInProcess(job, options, { warning })), engine: 'flame' };
}
