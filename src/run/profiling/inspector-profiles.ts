// CPU profile and heap snapshot by V8's inspector; one launch serves both.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EngineResult, importCpuProfile, mapSources } from '../../profile/index.js';
import type { Profiled, WorkloadReference } from '../../samples/index.js';
import { asTaken, profileFacts, sentences, slowdown } from './profile-facts.js';
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
  const text = readFileSync(join(job.folder, files.cpuprofile as string), 'utf8');
  const profile = mapSources(asTaken(importCpuProfile(text, options), profiled, {}));
  const written = writeProfile(profile, { job, options, prefix: 'cpu.' });
  const blind = CPU_BLIND[job.benchmark.workload.kind];
  return {
    engine: 'cpu',
    files: { ...files, ...written.files },
    ...profileFacts(profile),
    ...slowdown(job, profiled),
    ...sentences('warning', [written.warning]),
    ...(blind !== undefined && { blind }),
  };
}

function heapResult(job: ProfileJob, profiled: Profiled): EngineResult {
  const blind = HEAP_BLIND[job.benchmark.workload.kind];
  return { engine: 'heap', files: profiled.files.heap ?? {}, ...(blind !== undefined && { blind }) };
}
