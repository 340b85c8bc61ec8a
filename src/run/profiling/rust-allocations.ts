// What Rust in addons allocates, below the JavaScript that called it, as flame graphs in bytes and in calls.
import { realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addonFile } from '../../native/index.js';
import {
  type AllocationCounts,
  allocationCounts,
  type EngineResult,
  inAllocations,
  mapSources,
  type Profile,
  parseProfile,
  type ResultTable,
  totalWeight,
} from '../../profile/index.js';
import type { Profiled, WorkloadReference } from '../../samples/index.js';
import { formatBytes, formatCount, formatPercent } from '../../units/index.js';
import { readBounded, readBoundedJson } from './bounded-file.js';
import type { Engine } from './engine.js';
import { probeCapture } from './probe-capture.js';
import { asTaken, callerFacts, cost, profileFacts, sentences } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn, NAMES_ON_STACK, profiledLaunch } from './profiled-launch.js';
import { topSites } from './top-sites.js';
import { writeFlame } from './write-flame.js';

const BLIND =
  'It sees the Rust of addons that count their allocations: no C in them, which massif shows, and nothing of V8, which alloc shows. Where memory is given back it does not tell.';
/** Parts of the loop that no figure contains: inputs that are made, outputs that are dropped. */
const UNTIMED = /^forgebench_measure::case::untimed_/;
/** Standard errors by which samples may miss what was counted, once in 16,000 times. */
const STANDARD_ERRORS = 4;
const ROWS = 10;
const TO_COUNT =
  'build it with forgebench-border of this version, or make forgebench_measure::CountingAllocator its global allocator';

/** Writes `rust-alloc.flame.html` in bytes, `rust-alloc.calls.flame.html` in calls, and what goes with them. */
export const rustAllocations: Engine = {
  name: 'rust-alloc',
  about: 'what Rust in addons allocates, below its JavaScript caller, as flame graphs in bytes and in calls',
  refuses: {
    command: "Cannot watch a command's allocations from inside forgebench's worker: it is another process; use flame",
  },
  probe: () => probeCapture('rust-alloc', { found: 'built into forgebench', fix: 'npm run setup' }),
  profile: profileRustAllocations,
};

async function profileRustAllocations(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const profiled = await inFolderOfItsOwn(options.cwd, (cwd) =>
    profiledLaunch(job, ['rust-alloc'], { ...options, cwd, nodeFlags: NAMES_ON_STACK }),
  );
  const { profile: file, counts: counted } = profiled.files['rust-alloc'] ?? {};
  const sampled = parseProfile(readBounded(join(job.folder, file as string)));
  const counts = allocationCounts.parse(readBoundedJson(join(job.folder, counted as string)));
  rmSync(join(job.folder, file as string));
  rmSync(join(job.folder, counted as string));
  const nobody = nobodyCounts(counts, job.benchmark.workload);
  if (nobody !== undefined) return { engine: 'rust-alloc', files: {}, finding: nobody };
  const timed = withoutUntimed(sampled);
  const profile = mapSources(asTaken(timed, profiled, { 'node flags': NAMES_ON_STACK.join(' ') }));
  const callers = callerFacts(profile);
  const facts = {
    ...profileFacts(profile),
    ...cost(profiled),
    ...callers,
    ...describe(profile, { profiled, left: totalWeight(sampled) - totalWeight(timed) }),
    ...sentences('warning', [callers.warning, disagreement(counts), lostSamples(profile)]),
    blind: BLIND,
  };
  const recorder = "sampler inside the addons' allocators";
  const bytes = writeFlame(profile, facts, { job, options, recorder, prefix: 'rust-alloc.' });
  const { intervalBytes: _, ...calledFacts } = facts;
  const calls = writeFlame(inAllocations(profile), calledFacts, {
    job,
    options,
    recorder,
    prefix: 'rust-alloc.calls.',
  });
  return {
    engine: 'rust-alloc',
    files: { ...bytes.files, ...namedCalls(calls.files) },
    ...facts,
    ...sentences('warning', [facts.warning, bytes.warning]),
  };
}

/**
 * Why there is nothing to see; undefined where the addon that the case is about, or any that JavaScript has opened, counts.
 *
 * @throws Error where the case is one of an addon that does not count
 */
function nobodyCounts({ addons }: AllocationCounts, workload: WorkloadReference): string | undefined {
  const watched = addons.map((file) => realpathSync(file));
  if (workload.kind === 'native' && !watched.includes(realpathSync(workload.addon)))
    throw new Error(`Cannot sample what "${workload.addon}" allocates: it does not count that; ${TO_COUNT}`);
  if (workload.kind === 'native' || watched.some((file) => file !== realpathSync(addonFile('engine', '.'))))
    return undefined;
  return `The workload opens no addon that counts what it allocates. To see one, ${TO_COUNT}.`;
}

function withoutUntimed(profile: Profile): Profile {
  const untimed = profile.frames.map(({ name }) => UNTIMED.test(name));
  const threads = profile.threads.map((thread) => ({
    ...thread,
    stacks: thread.stacks.filter(({ frames }) => !frames.some((index) => untimed[index])),
  }));
  return { ...profile, threads };
}

/** Bytes and calls of an operation, and of which functions. */
function describe(
  profile: Profile,
  { profiled, left }: { profiled: Profiled; left: number },
): { finding: string; table?: ResultTable } {
  const operations = Math.max(1, profiled.iterations * profiled.operationsPerIteration);
  const [total, calls] = [totalWeight(profile), totalWeight(inAllocations(profile))];
  const untimed =
    left === 0 ? '' : ` Another ${formatBytes(left / operations)} went into inputs and drops, which are left out.`;
  if (total === 0) return { finding: `It allocates too little in Rust to be seen.${untimed}` };
  const { samples } = profileFacts(profile);
  const within = formatPercent(STANDARD_ERRORS / Math.sqrt(samples));
  return {
    finding: `${formatBytes(total / operations)} per operation in ${formatCount(calls / operations)} allocations, to within ${within}.${untimed}`,
    table: siteTable(profile, { operations, total }),
  };
}

function siteTable(profile: Profile, { operations, total }: { operations: number; total: number }): ResultTable {
  const calls = new Map(
    topSites(inAllocations(profile), Number.POSITIVE_INFINITY).map(({ name, bytes }) => [name, bytes]),
  );
  return {
    columns: ['function', 'bytes per operation', 'allocations per operation', 'share of bytes'],
    rows: topSites(profile, ROWS).map(({ name, bytes }) => [
      name,
      formatBytes(bytes / operations),
      formatCount((calls.get(name) ?? 0) / operations),
      formatPercent(bytes / total),
    ]),
  };
}

/** The counters saw every allocation: where samples miss them by more than chance does, the graph is not to be trusted. */
function disagreement({ countedBytes, sampledBytes, samples }: AllocationCounts): string | undefined {
  if (samples === 0 || countedBytes === 0) return undefined;
  const apart = Math.abs(sampledBytes / countedBytes - 1);
  if (apart <= STANDARD_ERRORS / Math.sqrt(samples)) return undefined;
  return `The samples stand for ${formatBytes(sampledBytes)}, but ${formatBytes(countedBytes)} were counted.`;
}

function lostSamples({ lost }: Profile): string | undefined {
  return lost === undefined ? undefined : `${formatCount(lost)} samples found no room: profile for a shorter time.`;
}

/** Kinds of files of the second graph, `callsFlame` … */
function namedCalls(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([kind, name]) => [`calls${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, name]),
  );
}
