// Flame graphs of JavaScript and Rust in one stack: by perf, and where perf cannot, by the sampler inside the process.
import { type EngineResult, isKernelVisible } from '../../profile/index.js';
import type { Engine } from './engine.js';
import { sampleInProcess } from './native-flame-graph.js';
import { recordWithCallers } from './perf-recording.js';
import { perfTrouble } from './perf-trouble.js';
import { probePerf } from './probe-perf.js';
import { callerFacts, cost, profileFacts, sentences } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { writeFlame } from './write-flame.js';

const IDLE = 'perf cannot see time in which nothing runs';
const NO_KERNEL = 'nor time inside the kernel, which root may see';

/** Writes `flame.html`, `stacks.folded`, `speedscope.json` and `profile.json`. */
export const flame: Engine = {
  name: 'flame',
  about: 'flame graph with JavaScript, Rust, V8 and kernel in one stack, by perf',
  probe: () => probePerf('the sampler inside the process stands in'),
  profile: flameGraph,
};

async function flameGraph(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const trouble = await perfTrouble();
  if (trouble !== undefined) return withoutPerf(`perf cannot record here (${trouble})`, job, options);
  const clean = await job.clean();
  const seen = await recordWithCallers(job, options);
  if (typeof seen === 'string') return withoutPerf(seen, job, options);
  const { profile, profiled } = seen;
  // A command is another process, and JavaScript need not have called anything there.
  const callers = job.benchmark.workload.kind === 'command' ? {} : callerFacts(profile);
  const blind = `${isKernelVisible() ? IDLE : `${IDLE}, ${NO_KERNEL}`}.`;
  const facts: Omit<EngineResult, 'engine' | 'files'> = {
    ...profileFacts(profile),
    ...cost(profiled, clean),
    ...callers,
    blind,
  };
  const { files, warning } = writeFlame(profile, facts, { job, options, recorder: 'perf' });
  return { engine: 'flame', files, ...facts, ...sentences('warning', [facts.warning, warning]) };
}

async function withoutPerf(reason: string, job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const warning = `This is not perf but forgebench's own sampler, because ${reason}; run "forgebench doctor".`;
  return { ...(await sampleInProcess(job, options, { warning })), engine: 'flame' };
}
