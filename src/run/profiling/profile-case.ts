// Profiles of one case, in launches of their own: their timings are never figures.
import { mkdirSync } from 'node:fs';
import type { EngineResult } from '../../profile/index.js';
import { border } from './border.js';
import { capture } from './capture.js';
import { clinicDoctor } from './clinic-doctor.js';
import { flameGraph } from './flame-graph.js';
import { inspectorProfiles } from './inspector-profiles.js';
import { MEMORY_VIEWS, memoryViews } from './memory-views.js';
import { nativeFlameGraph } from './native-flame-graph.js';
import type { ProfileJob, ProfileOptions, ProfileWith } from './profile-job.js';
import { timeline } from './timeline.js';
import { v8ProfilerNext } from './v8-profiler-next.js';
import { zeroX } from './zero-x.js';

/** Engines that share a launch. */
interface Group {
  engines: readonly string[];
  profile(engines: readonly string[], job: ProfileJob, options: ProfileOptions): Promise<EngineResult[]>;
}

const GROUPS: readonly Group[] = [
  { engines: ['cpu', 'heap'], profile: inspectorProfiles },
  { engines: MEMORY_VIEWS, profile: memoryViews },
  alone('flame', flameGraph),
  alone('native', nativeFlameGraph),
  alone('timeline', timeline),
  alone('v8-profiler-next', v8ProfilerNext),
  alone('0x', zeroX),
  alone('clinic-doctor', clinicDoctor),
  alone('border', border),
  alone('capture', capture),
];

/** Names of all engines. */
export const PROFILE_ENGINES: readonly string[] = GROUPS.flatMap(({ engines }) => engines);

function alone(name: string, profile: ProfileWith): Group {
  return { engines: [name], profile: async (_engines, job, options) => [await profile(job, options)] };
}

/**
 * Profiles a case with each engine; one that fails costs its own result alone.
 *
 * @returns one result for each engine, in their order; those that an interrupt kept from starting are missing
 */
export async function profileCase(
  job: ProfileJob,
  engines: readonly string[],
  options: ProfileOptions,
): Promise<EngineResult[]> {
  mkdirSync(job.folder, { recursive: true });
  const results: EngineResult[] = [];
  for (const [position, group] of GROUPS.entries()) {
    const asked = group.engines.filter((name) => engines.includes(name));
    if (asked.length === 0 || options.signal.aborted) continue;
    options.onEngine?.(asked);
    results.push(...(await profileTogether(group, asked, { job: { ...job, index: job.index + position }, options })));
  }
  return engines.flatMap((name) => results.find(({ engine }) => engine === name) ?? []);
}

type Work = { job: ProfileJob; options: ProfileOptions };

/** Where engines fail in one launch, each gets another try alone: it may have been the other's fault. */
async function profileTogether(group: Group, engines: readonly string[], work: Work): Promise<EngineResult[]> {
  try {
    return await group.profile(engines, work.job, work.options);
  } catch (error) {
    if (engines.length > 1 && !work.options.signal.aborted) {
      const results: EngineResult[] = [];
      for (const name of engines) results.push(...(await profileTogether(group, [name], work)));
      return results;
    }
    return engines.map((engine) => ({ engine, files: {}, failure: (error as Error).message }));
  }
}
