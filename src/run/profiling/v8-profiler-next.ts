// CPU profile and heap snapshot by the package v8-profiler-next, which need not be installed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EngineResult, importCpuProfile, mapSources } from '../../profile/index.js';
import { CPU_BLIND, HEAP_BLIND } from './inspector-profiles.js';
import { profileFacts, sentences, slowdown } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, profiledLaunch } from './profiled-launch.js';
import { writeProfile } from './write-profile.js';

const NAME = 'v8-profiler-next';

/** Profiles the case with v8-profiler-next, in a launch without the inspector's profiler. */
export async function v8ProfilerNext(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const profiled = await inFolderOfItsOwn(options.cwd, (cwd) => profiledLaunch(job, [NAME], { ...options, cwd }));
  const files = profiled.files[NAME] ?? {};
  const text = readFileSync(join(job.folder, files.cpuprofile as string), 'utf8');
  const profile = mapSources(importCpuProfile(text, options));
  const written = writeProfile(profile, { job, options, prefix: `${NAME}.` });
  const { kind } = job.benchmark.workload;
  return {
    engine: NAME,
    files: { ...files, ...written.files },
    ...profileFacts(profile),
    ...slowdown(job, profiled),
    ...sentences('warning', [written.warning]),
    ...sentences('blind', [CPU_BLIND[kind], HEAP_BLIND[kind]]),
  };
}
