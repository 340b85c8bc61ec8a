// What JavaScript allocates, garbage included, as a flame graph in bytes.
import { join } from 'node:path';
import {
  ALLOCATION_INTERVAL_BYTES,
  type EngineResult,
  importHeapProfile,
  mapSources,
  type Profile,
} from '../../profile/index.js';
import type { Profiled, WorkloadReference } from '../../samples/index.js';
import { formatBytes, formatPercent } from '../../units/index.js';
import { readBounded } from './bounded-file.js';
import type { Engine } from './engine.js';
import { probeCapture } from './probe-capture.js';
import { asTaken, cost, profileFacts, sentences } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, profiledLaunch } from './profiled-launch.js';
import { topSites } from './top-sites.js';
import { writeFlame } from './write-flame.js';

const BLIND: Readonly<Record<WorkloadReference['kind'], string | undefined>> = {
  native: "It shows what JavaScript allocates on V8's heap; what Rust allocates, rust-alloc shows.",
  module: "It shows V8's heap, not the buffers outside of it.",
  command: 'It shows what forgebench allocates, not the command.',
};

/** Writes `alloc.heapprofile` and the files of a flame graph in bytes. */
export const allocations: Engine = {
  name: 'alloc',
  about: 'what JavaScript allocates, garbage included, as a flame graph in bytes',
  probe: () => probeCapture('alloc'),
  profile: profileAllocations,
};

async function profileAllocations(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const profiled = await inFolderOfItsOwn(options.cwd, (cwd) => profiledLaunch(job, ['alloc'], { ...options, cwd }));
  const files = profiled.files.alloc ?? {};
  // The file does not tell the interval.
  const recorded = importHeapProfile(readBounded(join(job.folder, files.heapprofile as string)), options);
  const profile = mapSources(asTaken({ ...recorded, interval: ALLOCATION_INTERVAL_BYTES }, profiled, {}));
  const blind = BLIND[job.benchmark.workload.kind];
  const facts = {
    ...profileFacts(profile),
    ...cost(profiled),
    finding: describeAllocations(profile, profiled),
    ...(blind !== undefined && { blind }),
  };
  const written = writeFlame(profile, facts, { job, options, recorder: "V8's allocation sampler", prefix: 'alloc.' });
  return {
    engine: 'alloc',
    files: { ...files, ...written.files },
    ...facts,
    ...sentences('warning', [written.warning]),
  };
}

/** Bytes of an operation, and of which functions. */
function describeAllocations(profile: Profile, { iterations, operationsPerIteration }: Profiled): string {
  const stacks = profile.threads.flatMap((thread) => thread.stacks);
  const total = stacks.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return 'It allocates too little to be seen.';
  const operations = Math.max(1, iterations * operationsPerIteration);
  const top = topSites(profile).map(
    ({ name, bytes }) => `${name} ${formatBytes(bytes / operations)} (${formatPercent(bytes / total)})`,
  );
  return `${formatBytes(total / operations)} per operation, most by ${top.join(', ')}.`;
}
