// A launch under perf, and what it saw of the workload, folded into a profile.
import { join } from 'node:path';
import { engine } from '../../native/index.js';
import {
  cutStackShare,
  DEEPEST_STACK_BYTES,
  isKernelVisible,
  mapSources,
  type PerfCommandOptions,
  type Profile,
  parseProfile,
  perfCommand,
} from '../../profile/index.js';
import type { Profiled } from '../../samples/index.js';
import { LIMITED_FILES } from './bounded-file.js';
import { asTaken, CALLERS_EXPECTED, profileFacts } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, NAMES_ON_STACK, profiledLaunch } from './profiled-launch.js';

/** The program that starts commands, `forgebench-execute`, as Linux cuts its name off. */
const STARTER = 'forgebench-exec';

/** Without the kernel's frames, or with other code of V8 in the stacks, a profile has other frames. */
export function capturedWith({ waiting, kernel = true }: Omit<PerfCommandOptions, 'output'>): Record<string, string> {
  return {
    'kernel frames': kernel && isKernelVisible() ? 'seen' : 'unseen',
    'node flags': NAMES_ON_STACK.join(' '),
    ...(waiting && { event: 'context-switches' }),
  };
}

/** What perf saw, or why it has nothing of a launch that was well. */
type Recorded = { profile: Profile; profiled: Profiled } | string;

/**
 * As `recordWithPerf`; where stacks were deeper than what is copied of them, once more with the deepest copies. Those of
 * futures that lie on the stack are: 3 of the 142 benchmarks of this repository need it.
 */
export async function recordWithCallers(job: ProfileJob, options: ProfileOptions): Promise<Recorded> {
  const seen = await recordWithPerf(job, options);
  if (typeof seen === 'string' || cutStackShare(seen.profile) <= 1 - CALLERS_EXPECTED) return seen;
  const deeper = await recordWithPerf(job, options, { stackBytes: DEEPEST_STACK_BYTES });
  return typeof deeper === 'string' || cutStackShare(deeper.profile) >= cutStackShare(seen.profile) ? seen : deeper;
}

/** The profile, or why perf has none of a launch that was well. A launch that failed is thrown. */
export function recordWithPerf(
  job: ProfileJob,
  options: ProfileOptions,
  sampling: Omit<PerfCommandOptions, 'output'> = {},
): Promise<Recorded> {
  return inFolderOfItsOwn(options.cwd, async (cwd) => {
    // Tens of megabytes that nothing reads again: they go with the folder.
    const recording = join(cwd, 'perf.data');
    const profiled = await profiledLaunch(job, [], {
      ...options,
      cwd,
      nodeFlags: NAMES_ON_STACK,
      wrapper: [...LIMITED_FILES, ...perfCommand({ output: recording, ...sampling })],
    });
    const { startNs, endNs } = profiled;
    try {
      const folded = await engine().foldPerf(recording, { startNs, endNs, ownFolders: [...options.ownFolders] });
      const seen = ofWorkload(parseProfile(folded), job, profiled);
      const profile = mapSources(asTaken(seen, profiled, capturedWith(sampling)));
      return profileFacts(profile).samples === 0 ? 'perf saw no sample of the workload' : { profile, profiled };
    } catch (error) {
      return `perf's recording cannot be read (${(error as Error).message})`;
    }
  });
}

/** A command is what its own processes do: neither the worker nor the program that starts it is part of it. */
function ofWorkload(profile: Profile, { benchmark }: ProfileJob, { worker }: Profiled): Profile {
  if (benchmark.workload.kind !== 'command') return profile;
  const threads = profile.threads.filter(({ process, name }) => process !== worker && name !== STARTER);
  return { ...profile, threads };
}
