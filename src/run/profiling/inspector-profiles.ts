// CPU profile and heap snapshot by V8's inspector; one launch serves both.
import { join } from 'node:path';
import { type EngineResult, importCpuProfile, mapSources } from '../../profile/index.js';
import type { Profiled, WorkloadReference } from '../../samples/index.js';
import { formatPercent } from '../../units/index.js';
import { readBounded, requireWhole } from './bounded-file.js';
import type { Engine } from './engine.js';
import { probeCapture } from './probe-capture.js';
import { asTaken, cost, profileFacts, sentences } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, profiledLaunch } from './profiled-launch.js';
import { writeProfile } from './write-profile.js';

/** What V8's CPU profiler cannot see, by the kind of the workload. */
export const CPU_BLIND: Readonly<Record<WorkloadReference['kind'], string | undefined>> = {
  native: 'It cannot see addons: time in Rust is booked to the JavaScript function that called.',
  module: undefined,
  command: 'It sees forgebench waiting for the command, not the command; flame follows it.',
};

/** What a snapshot of V8's heap cannot show, by the kind of the workload. */
export const HEAP_BLIND: Readonly<Record<WorkloadReference['kind'], string | undefined>> = {
  native: "It shows V8's heap; memory of Rust is in the memory figures.",
  module: undefined,
  command: 'It shows the heap of forgebench, not that of the command.',
};

/** Share of the time in line for a core from which on the cost of looking is not that of a quiet machine. */
const BUSY = 0.2;

/** Writes `cpu.cpuprofile`. */
export const cpu: Engine = {
  name: 'cpu',
  about: "CPU profile of JavaScript by V8's inspector, one sample a millisecond",
  probe: () => probeCapture('cpu'),
  profile: async (job, options) => (await inspectorProfiles(['cpu'], job, options))[0] as EngineResult,
};

/** Writes `heap.heapsnapshot`. */
export const heap: Engine = {
  name: 'heap',
  about: "snapshot of what lives on V8's heap when the workload has run",
  probe: () => probeCapture('heap'),
  profile: async (job, options) => (await inspectorProfiles(['heap'], job, options))[0] as EngineResult,
};

/** `cpu`, `heap` or both: the profiler ends before the snapshot is written, so neither finds the other. */
export async function inspectorProfiles(
  engines: readonly string[],
  job: ProfileJob,
  options: ProfileOptions,
): Promise<EngineResult[]> {
  const profiled = await inFolderOfItsOwn(options.cwd, (cwd) => profiledLaunch(job, engines, { ...options, cwd }));
  return engines.map((engine) => (engine === 'cpu' ? cpuResult(job, options, profiled) : heapResult(job, profiled)));
}

function cpuResult(job: ProfileJob, options: ProfileOptions, profiled: Profiled): EngineResult {
  const files = profiled.files.cpu ?? {};
  const text = readBounded(join(job.folder, files.cpuprofile as string));
  const profile = mapSources(asTaken(importCpuProfile(text, options), profiled, {}));
  const written = writeProfile(profile, { job, options, prefix: 'cpu.' });
  return {
    engine: 'cpu',
    files: { ...files, ...written.files },
    ...profileFacts(profile),
    ...cost(profiled),
    ...sentences('warning', [written.warning]),
    ...sentences('blind', [CPU_BLIND[job.benchmark.workload.kind], shareOfCore(profiled)]),
  };
}

/** V8 samples by the clock, also while another program has the core: for each operation it then looks more often. */
function shareOfCore({ startNs, endNs, queuedNs }: Profiled): string | undefined {
  const waited = queuedNs / (endNs - startNs);
  if (waited < BUSY) return undefined;
  return `The machine was busy: for ${formatPercent(waited)} of the time another program had the core, and V8 samples on meanwhile, so that looking cost more than it does on a quiet machine.`;
}

function heapResult(job: ProfileJob, profiled: Profiled): EngineResult {
  const files = profiled.files.heap ?? {};
  requireWhole(join(job.folder, files.heapsnapshot as string));
  const blind = HEAP_BLIND[job.benchmark.workload.kind];
  return { engine: 'heap', files, ...(blind !== undefined && { blind }) };
}
