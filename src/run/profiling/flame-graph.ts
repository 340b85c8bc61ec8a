// Flame graphs of JavaScript and Rust in one stack: by perf, and where perf cannot, by the sampler inside the process.
import { type EngineResult, isKernelVisible } from '../../profile/index.js';
import type { Engine, Usable } from './engine.js';
import { sampleInProcess } from './native-flame-graph.js';
import { recordWithPerf } from './perf-recording.js';
import { perfTrouble } from './perf-trouble.js';
import { callerFacts, cost, profileFacts } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { tryProgram } from './try-program.js';
import { writeFlame } from './write-flame.js';

const IDLE = 'perf cannot see time in which nothing runs';
const NO_KERNEL = 'nor time inside the kernel, which root may see';
const INSTALL = 'apt-get install linux-perf util-linux (Debian), linux-tools-generic (Ubuntu), perf (Fedora, Arch)';
const ALLOW = 'sysctl kernel.perf_event_paranoid=2 (or lower), as root; in a container also --cap-add PERFMON';

/** Writes `flame.html`, `stacks.folded` and `speedscope.json`. */
export const flame: Engine = {
  name: 'flame',
  about: 'flame graph with JavaScript, Rust, V8 and kernel in one stack, by perf',
  probe: probePerf,
  profile: flameGraph,
};

async function flameGraph(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const trouble = await perfTrouble();
  if (trouble !== undefined) return withoutPerf(`perf cannot record here (${trouble})`, job, options);
  const clean = await job.clean();
  const seen = await recordWithPerf(job, options);
  if (typeof seen === 'string') return withoutPerf(seen, job, options);
  const { profile, profiled } = seen;
  // A command is another process, and JavaScript need not have called anything there.
  const callers = job.benchmark.workload.kind === 'command' ? {} : callerFacts(profile);
  const blind = `${isKernelVisible() ? IDLE : `${IDLE}, ${NO_KERNEL}`}.`;
  const facts = { ...profileFacts(profile), ...cost(profiled, clean), ...callers, blind };
  return { engine: 'flame', files: writeFlame(profile, facts, { job, options, recorder: 'perf' }), ...facts };
}

async function withoutPerf(reason: string, job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const warning = `This is not perf but forgebench's own sampler, because ${reason}; run "forgebench doctor".`;
  return { ...(await sampleInProcess(job, options, { warning })), engine: 'flame' };
}

async function probePerf(): Promise<Usable> {
  const version = await tryProgram('perf', ['--version']);
  if (!version.ok)
    return {
      trouble: `perf is not installed (${version.output}); the sampler inside the process stands in`,
      fix: INSTALL,
    };
  const trouble = await perfTrouble();
  if (trouble === undefined) return { found: version.output };
  return { trouble: `perf cannot record: ${trouble}; the sampler inside the process stands in`, fix: ALLOW };
}
