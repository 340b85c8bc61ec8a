// Profiles of one case, in launches of their own: their timings are never figures.
import { mkdirSync } from 'node:fs';
import type { EngineResult } from '../../profile/index.js';
import type { Span } from '../../samples/index.js';
import { ENGINES } from './engines.js';
import { inspectorProfiles } from './inspector-profiles.js';
import { memoryViews } from './memory-views.js';
import type { CaseToProfile, ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, profiledLaunch } from './profiled-launch.js';

/** Engines that share a launch. */
interface Group {
  engines: readonly string[];
  profile(engines: readonly string[], job: ProfileJob, options: ProfileOptions): Promise<EngineResult[]>;
}

const TOGETHER: readonly Group[] = [
  { engines: ['cpu', 'heap'], profile: inspectorProfiles },
  { engines: ['heapdiff', 'leaks', 'account'], profile: memoryViews },
];
const GROUPS: readonly Group[] = [
  ...TOGETHER,
  ...ENGINES.filter(({ name }) => !TOGETHER.some(({ engines }) => engines.includes(name))).map(({ name, profile }) => ({
    engines: [name],
    profile: async (_names: readonly string[], job: ProfileJob, options: ProfileOptions) => [
      await profile(job, options),
    ],
  })),
];

/** All engines: their names, and what each shows in a line. */
export const PROFILE_ENGINES: readonly { name: string; about: string }[] = ENGINES;

/** A clean launch says what an operation takes; a second is enough for that. */
const CLEAN_NS = 1e9;

/** Which engines were asked for. */
export interface EngineChoice {
  name: string;
  /** True where a group brought it in, so that it is left out of cases to which it does not apply. */
  ofGroup: boolean;
}

/**
 * Profiles a case with each engine; one that fails costs its own result alone.
 *
 * @returns one result for each engine, in their order; those that an interrupt kept from starting are missing
 */
export async function profileCase(
  whole: CaseToProfile,
  choices: readonly EngineChoice[],
  options: ProfileOptions,
): Promise<EngineResult[]> {
  mkdirSync(whole.folder, { recursive: true });
  const job = { ...whole, clean: options.tellsCost === false ? async () => [] : cleanOnce(whole, options) };
  const results = choices.flatMap((choice) => refusal(choice, job) ?? []);
  const engines = choices.map(({ name }) => name).filter((name) => !results.some(({ engine }) => engine === name));
  for (const [position, group] of GROUPS.entries()) {
    const asked = group.engines.filter((name) => engines.includes(name));
    if (asked.length === 0 || options.signal.aborted) continue;
    options.onEngine?.(asked);
    results.push(...(await profileTogether(group, asked, { job: { ...job, index: job.index + position }, options })));
  }
  return choices.flatMap(({ name }) => results.find(({ engine }) => engine === name) ?? []);
}

/** The case without any engine, in a launch that the first who asks makes. */
function cleanOnce(job: CaseToProfile, options: ProfileOptions): ProfileJob['clean'] {
  let made: Promise<readonly Span[]> | undefined;
  const make = async (): Promise<readonly Span[]> => {
    const durationNs = Math.min(job.durationNs, CLEAN_NS);
    try {
      return [
        await inFolderOfItsOwn(options.cwd, (cwd) => profiledLaunch({ ...job, durationNs }, [], { ...options, cwd })),
      ];
    } catch {
      return []; // The launch with the engine fails as well, and says why.
    }
  };
  return () => {
    made ??= make();
    return made;
  };
}

/** Why an engine cannot watch workloads of this kind: a failure where it was named, and no more than a remark otherwise. */
function refusal({ name, ofGroup }: EngineChoice, { benchmark }: ProfileJob): EngineResult | undefined {
  const reason = ENGINES.find((engine) => engine.name === name)?.refuses?.[benchmark.workload.kind];
  if (reason === undefined) return undefined;
  return { engine: name, files: {}, ...(ofGroup ? { skipped: reason } : { failure: reason }) };
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
