// Profiles of one case, in launches of their own: their timings are never figures.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark, Case } from '../definition/index.js';
import { engine } from '../native/index.js';
import {
  type EngineResult,
  importCpuProfile,
  javascriptCallerShare,
  type Profile,
  perfCommand,
  selfShares,
  toFlameHtml,
  toFolded,
  toSpeedscope,
} from '../profile/index.js';
import { type LaunchRecord, type LaunchRequest, type Profiled, WIRE_VERSION } from '../samples/index.js';
import { type LaunchOptions, launch } from './launch.js';

/** Which case, and where its files go. */
export interface ProfileJob {
  benchmark: Benchmark;
  case: Case;
  /** Position after the launches of the plan. */
  index: number;
  /** Absolute path of the folder for this case's files. */
  folder: string;
  /** Time of one operation in timed launches, nanoseconds; undefined where none finished. */
  timedNs: number | undefined;
  durationNs: number;
}

/** How profiled launches are started and drawn. */
export interface ProfileOptions extends LaunchOptions {
  /** Folders whose JavaScript is forgebench's own. */
  ownFolders: readonly string[];
  /** The browser program of flame graphs. */
  flameClient: { script: string; style: string };
}

/** Set-up, heap snapshots and the profiler's own end take their time. */
const PROFILE_TIMEOUT_MS = 120e3;
const NATIVE_IN_CALLERS = 'It cannot see addons: time in Rust is booked to the JavaScript function that called.';
/** V8 writes a name for each piece of code that it makes, and keeps interpreted frames apart on the native stack. */
const NAMES_FOR_PERF = ['--perf-basic-prof', '--interpreted-frames-native-stack'];

/**
 * Profiles a case with each engine; one that fails costs its own result alone.
 *
 * @returns one result for each engine, in their order
 */
export async function profileCase(
  job: ProfileJob,
  engines: readonly string[],
  options: ProfileOptions,
): Promise<EngineResult[]> {
  mkdirSync(job.folder, { recursive: true });
  const results: EngineResult[] = [];
  for (const [position, name] of engines.entries()) {
    if (options.signal.aborted) break;
    const make = ENGINES[name] as Make;
    try {
      results.push(await make({ ...job, index: job.index + position }, options));
    } catch (error) {
      results.push({ engine: name, files: {}, failure: (error as Error).message });
    }
  }
  return results;
}

type Make = (job: ProfileJob, options: ProfileOptions) => Promise<EngineResult>;
const ENGINES: Readonly<Record<string, Make>> = { cpu: cpuProfile, heap: heapSnapshot, flame: flameGraph };

async function cpuProfile(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const profiled = await profiledLaunch(job, ['cpu'], options);
  const profile = importCpuProfile(readFileSync(join(job.folder, profiled.files.cpuprofile as string), 'utf8'));
  const blind = job.benchmark.workload.kind === 'native' ? { blind: NATIVE_IN_CALLERS } : {};
  return { engine: 'cpu', files: profiled.files, ...describe(profile), ...slowdown(job, profiled), ...blind };
}

async function heapSnapshot(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const { files } = await profiledLaunch(job, ['heap'], options);
  const blind =
    job.benchmark.workload.kind === 'native'
      ? { blind: "It shows V8's heap; memory of Rust is in the memory figures." }
      : {};
  return { engine: 'heap', files, ...blind };
}

async function flameGraph(job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const recording = join(job.folder, 'perf.data');
  try {
    const profiled = await profiledLaunch(job, [], {
      ...options,
      nodeFlags: NAMES_FOR_PERF,
      wrapper: perfCommand({ output: recording }),
    });
    const { startNs, endNs } = profiled;
    const profile = JSON.parse(
      await engine().foldPerf(recording, { startNs, endNs, ownFolders: [...options.ownFolders] }),
    ) as Profile;
    const share = javascriptCallerShare(profile);
    const facts = {
      ...describe(profile),
      ...slowdown(job, profiled),
      ...(share !== undefined && { javascriptCallerShare: share }),
    };
    if (facts.samples === 0) throw new Error('perf saw no sample of the workload; run "forgebench doctor"');
    return { engine: 'flame', files: writeFlame(profile, job, options), ...facts };
  } finally {
    // Tens of megabytes that nothing reads again.
    rmSync(recording, { force: true });
  }
}

function writeFlame(profile: Profile, job: ProfileJob, { flameClient }: ProfileOptions): Record<string, string> {
  const files = {
    flame: ['flame.html', toFlameHtml(profile, { title: job.case.id, client: flameClient })],
    folded: ['stacks.folded', toFolded(profile)],
    speedscope: ['speedscope.json', JSON.stringify(toSpeedscope(profile, job.case.id))],
  } as const;
  for (const [name, content] of Object.values(files)) writeFileSync(join(job.folder, name), content);
  return Object.fromEntries(Object.entries(files).map(([kind, [name]]) => [kind, name]));
}

async function profiledLaunch(job: ProfileJob, captures: string[], options: LaunchOptions): Promise<Profiled> {
  const request: LaunchRequest = {
    version: WIRE_VERSION,
    index: job.index,
    caseId: job.case.id,
    kind: 'profile',
    workload: job.benchmark.workload,
    parameters: job.case.parameters,
    warmUpNs: 0,
    measureNs: job.durationNs,
    samples: 1,
    timeoutMs: PROFILE_TIMEOUT_MS,
    capture: { engines: captures, folder: job.folder },
  };
  return profiledOf(await launch(request, options));
}

function profiledOf({ outcome }: LaunchRecord): Profiled {
  if (outcome.status === 'failed') {
    const { message, stderr } = outcome.failure;
    throw new Error(stderr ? `${message}: ${stderr.trim().split('\n').at(-1)}` : message);
  }
  if (outcome.result.kind !== 'profile') throw new Error('The launch answered something else than it was asked');
  return outcome.result;
}

function describe(profile: Profile): { samples: number; intervalNs: number; shares: Record<string, number> } {
  const stacks = profile.threads.flatMap((thread) => thread.stacks);
  return {
    samples: stacks.reduce((sum, stack) => sum + stack.samples, 0),
    intervalNs: profile.interval,
    shares: selfShares(profile),
  };
}

/** What looking cost: time of an operation here over that in timed launches. Inputs and drops count here, so it is an upper bound. */
function slowdown(
  { timedNs }: ProfileJob,
  { iterations, operationsPerIteration, startNs, endNs }: Profiled,
): { slowdown?: number } {
  if (timedNs === undefined || timedNs <= 0) return {};
  return { slowdown: (endNs - startNs) / (iterations * operationsPerIteration) / timedNs };
}
