// Where threads wait: a flame graph of the time for which they were on no core.
import { type EngineResult, isKernelVisible } from '../../profile/index.js';
import { formatPercent } from '../../units/index.js';
import type { Engine, Usable } from './engine.js';
import { recordWithPerf } from './perf-recording.js';
import { perfTrouble } from './perf-trouble.js';
import { callerFacts, cost, profileFacts, sentences } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { writeFlame } from './write-flame.js';

const HIDDEN = 'the kernel shows its switches between threads to root alone';
const FIX = 'run as root, or as root: sysctl kernel.perf_event_paranoid=1 (in a container also --cap-add PERFMON)';
const BLIND =
  'It sees waiting of threads, for events, locks, files or a core, not what they waited for; a thread that never ran meanwhile is missing.';

/** Writes `offcpu.flame.html`, `offcpu.stacks.folded` and `offcpu.speedscope.json`. */
export const offCpu: Engine = {
  name: 'offcpu',
  about: 'flame graph of waiting: where threads left their core, and for how long (perf, root)',
  probe: probeOffCpu,
  profile: profileOffCpu,
};

async function profileOffCpu(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const usable = await probeOffCpu();
  if ('trouble' in usable) throw new Error(`Cannot watch threads wait: ${usable.trouble}; ${usable.fix}`);
  const clean = await job.clean();
  const seen = await recordWithPerf(job, options, { waiting: true });
  if (typeof seen === 'string') throw new Error(`Cannot watch threads wait: ${seen}; the workload may never wait`);
  const { profile, profiled } = seen;
  const { warning: _loop, ...callers } = callerFacts(profile);
  const waited = profile.threads.filter(({ javascript }) => javascript).flatMap(({ stacks }) => stacks);
  const timeNs = profiled.endNs - profiled.startNs;
  const share = waited.reduce((sum, { weight }) => sum + weight, 0) / timeNs;
  const facts = {
    ...profileFacts(profile),
    ...cost(profiled, clean),
    ...callers,
    finding: `The thread that runs JavaScript was on no core for ${formatPercent(share)} of the time; for ${formatPercent(profiled.queuedNs / timeNs)} it stood in line for one.`,
    blind: BLIND,
  };
  const recorder = 'perf, switches of threads';
  const { files, warning } = writeFlame(profile, facts, { job, options, recorder, prefix: 'offcpu.' });
  return { engine: 'offcpu', files, ...facts, ...sentences('warning', [warning]) };
}

async function probeOffCpu(): Promise<Usable> {
  const trouble = await perfTrouble({ waiting: true });
  if (trouble !== undefined) return { trouble: `perf cannot record switches (${trouble})`, fix: FIX };
  return isKernelVisible() ? { found: 'perf records switches of threads' } : { trouble: HIDDEN, fix: FIX };
}
