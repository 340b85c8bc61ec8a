// CPU profile, heap profile and snapshot by the package v8-profiler-next, which need not be installed.
import { join } from 'node:path';
import { type EngineResult, importCpuProfile, mapSources } from '../../profile/index.js';
import { readBounded, requireWhole } from './bounded-file.js';
import type { Engine } from './engine.js';
import { CPU_BLIND, HEAP_BLIND } from './inspector-profiles.js';
import { probePackage } from './probe-package.js';
import { asTaken, cost, profileFacts, sentences } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, profiledLaunch } from './profiled-launch.js';
import { writeProfile } from './write-profile.js';

const NAME = 'v8-profiler-next';

/** Writes `v8-profiler-next.cpuprofile`, `.heapprofile` and `.heapsnapshot`. */
export const v8ProfilerNext: Engine = {
  name: NAME,
  about: 'CPU profile, profile of what lives and heap snapshot, by a second engine',
  probe: () => probePackage(NAME, 'npm rebuild v8-profiler-next (needs a C++ compiler; does not build on Node 26)'),
  profile: profileWithPackage,
};

/** In a launch without the inspector's profiler. */
async function profileWithPackage(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const profiled = await inFolderOfItsOwn(options.cwd, (cwd) => profiledLaunch(job, [NAME], { ...options, cwd }));
  const files = profiled.files[NAME] ?? {};
  const text = readBounded(join(job.folder, files.cpuprofile as string));
  requireWhole(join(job.folder, files.heapprofile as string));
  requireWhole(join(job.folder, files.heapsnapshot as string));
  const profile = mapSources(asTaken(importCpuProfile(text, options), profiled, {}));
  const written = writeProfile(profile, { job, options, prefix: `${NAME}.` });
  const { kind } = job.benchmark.workload;
  return {
    engine: NAME,
    files: { ...files, ...written.files },
    ...profileFacts(profile),
    ...cost(profiled),
    ...sentences('warning', [written.warning]),
    ...sentences('blind', [CPU_BLIND[kind], HEAP_BLIND[kind]]),
  };
}
