// A command with everything below it, profiled: started, watched, and put together when it has ended.
import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../native/index.js';
import { perfTrouble } from '../run/index.js';
import { type AttachedPerf, attachPerf } from './attach-perf.js';
import { type HeldCommand, holdCommand } from './command.js';
import { listProcesses, type RecordedProcess } from './list-processes.js';
import { ALLOCATION_BYTES, followOptions } from './node-options.js';
import type { Session, SessionProcess, SessionView } from './session.js';
import { sessionHtml } from './session-html.js';
import { readThreads } from './thread-lines.js';
import { allocationView, cpuView, flameView, type ViewOptions } from './views.js';
import { type SeenProcess, watchProcesses } from './watch-processes.js';

/** Engines of a session. */
export const SESSION_ENGINES: readonly string[] = ['cpu', 'flame', 'alloc'];

/** What to look with, and where files go. */
export interface SessionOptions extends Omit<ViewOptions, 'words'> {
  engines: readonly string[];
  /** True where nobody asked for `flame`, so that a machine without perf is no failure. */
  flameIfPossible: boolean;
  /** Nanoseconds between samples of V8's profiler, and of perf. */
  cpuIntervalNs: number;
  flameIntervalNs: number;
  /** True to send the command's standard output to standard error. */
  outputToError: boolean;
}

/** A session under way. */
interface Running {
  words: readonly string[];
  options: SessionOptions;
  command: HeldCommand;
  perf: AttachedPerf | undefined;
  failures: Session['failures'];
  notes: string[];
}

/** What was seen while the command ran. */
interface Watched {
  startedAt: string;
  wallNs: number;
  ending: Session['ending'];
  seen: SeenProcess[];
  /** Processor time of perf. */
  perfNs: number;
}

const THREADS = 'threads';
const RECORDING = 'perf.data';

/**
 * Runs a command under profilers and writes `session.json`, `session.html`, a flame graph over all processes for each engine, and a
 * profile for each process and worker thread. Input and output of the command are its own.
 *
 * @throws Error where the command cannot be started
 */
export async function runSession(words: readonly string[], options: SessionOptions): Promise<Session> {
  const running = await begin(words, options);
  const watched = await watch(running);
  const session = await collect(running, watched);
  writeFileSync(join(options.folder, 'session.json'), `${JSON.stringify(session, null, 2)}\n`);
  writeFileSync(join(options.folder, 'session.html'), sessionHtml(session));
  return session;
}

async function begin(words: readonly string[], options: SessionOptions): Promise<Running> {
  const folder = join(options.folder, THREADS);
  mkdirSync(folder, { recursive: true });
  const failures: Session['failures'] = [];
  const notes: string[] = [];
  const wanted = options.engines.includes('flame');
  const trouble = wanted ? await flameTrouble() : undefined;
  if (trouble !== undefined && options.flameIfPossible) notes.push(`No mixed flame graph: ${trouble}.`);
  else if (trouble !== undefined) failures.push({ engine: 'flame', message: trouble });
  const names = wanted && trouble === undefined;
  const follow = {
    folder,
    engines: options.engines,
    intervalUs: options.cpuIntervalNs / 1000,
    allocationBytes: ALLOCATION_BYTES,
    names,
  };
  const env = { ...process.env, NODE_OPTIONS: followOptions(follow, process.env.NODE_OPTIONS) };
  const command = holdCommand(words, { env, outputToError: options.outputToError });
  const running = { words, options, command, failures, notes };
  if (!names) return { ...running, perf: undefined };
  try {
    const perf = await attachPerf(command.pid, join(options.folder, RECORDING), options.flameIntervalNs);
    return { ...running, perf };
  } catch (error) {
    failures.push({ engine: 'flame', message: (error as Error).message });
    return { ...running, perf: undefined };
  }
}

/** Why there is no mixed flame graph, if there is a reason. */
async function flameTrouble(): Promise<string | undefined> {
  try {
    accessSync('.', constants.W_OK);
  } catch {
    // Names of JavaScript make V8 open a log there, and where it cannot, it writes that log to standard output.
    return 'the working folder is read-only, where V8 would write to standard output what it cannot write there; start in another folder';
  }
  const trouble = await perfTrouble();
  return trouble === undefined ? undefined : `perf cannot record here (${trouble}); run "forgebench doctor"`;
}

async function watch({ command, perf, options }: Running): Promise<Watched> {
  const startedAt = new Date().toISOString();
  const start = process.hrtime.bigint();
  const stopWatching = watchProcesses(command.pid);
  const stopWatchingPerf = perf === undefined ? () => [] : watchProcesses(perf.pid);
  const ending = await command.run();
  const wallNs = Number(process.hrtime.bigint() - start);
  const seen = stopWatching();
  const perfNs = stopWatchingPerf()[0]?.cpuNs ?? 0;
  await perf?.stop();
  rmSync(join(options.folder, THREADS, 'follow.cjs'), { force: true });
  return { startedAt, wallNs, ending, seen, perfNs };
}

async function collect(running: Running, watched: Watched): Promise<Session> {
  const { words, options, command, failures, notes } = running;
  const threads = readThreads(join(options.folder, THREADS));
  const recorded = listRecorded(running);
  const root = { pid: command.pid, ending: watched.ending };
  const processes = listProcesses({ root, threads, seen: watched.seen, recorded });
  for (const thread of processes.flatMap((each) => each.threads))
    thread.files = Object.fromEntries(Object.entries(thread.files).map(([kind, file]) => [kind, join(THREADS, file)]));
  const views = await makeViews(running, processes);
  for (const { pid } of recorded) rmSync(`/tmp/perf-${pid}.map`, { force: true });
  const ends = threads.flatMap(({ end }) => end ?? []);
  return {
    version: 1,
    command: [...words],
    startedAt: watched.startedAt,
    wallNs: watched.wallNs,
    ending: watched.ending,
    folder: options.folder,
    processes,
    views,
    overhead: {
      hookMs: sum(ends.map(({ hookMs }) => hookMs)),
      profilerMs: sum(ends.map(({ profilerNs }) => profilerNs)) / 1e6,
      ...(running.perf !== undefined && { perfMs: watched.perfNs / 1e6 }),
    },
    failures,
    notes,
  };
}

const NOBODY = 'no node process of the command left a profile';
const INSIDE = { cpu: cpuView, alloc: allocationView };

function listRecorded({ perf, options, failures }: Running): RecordedProcess[] {
  if (perf === undefined) return [];
  try {
    // The shell that held the command is the command; perf itself makes nothing.
    return engine()
      .listRecorded(join(options.folder, RECORDING))
      .processes.filter(({ pid }) => pid > 0);
  } catch (error) {
    failures.push({ engine: 'flame', message: (error as Error).message });
    return [];
  }
}

async function makeViews(running: Running, processes: SessionProcess[]): Promise<SessionView[]> {
  const { options, words, perf, failures } = running;
  const views: SessionView[] = [];
  for (const [engine, make] of Object.entries(INSIDE)) {
    if (!options.engines.includes(engine)) continue;
    const view = make(processes, { ...options, words });
    if (view) views.push(view);
    else failures.push({ engine, message: NOBODY });
  }
  if (perf === undefined || failures.some((each) => each.engine === 'flame')) return views;
  const recording = join(options.folder, RECORDING);
  try {
    views.push(await flameView(recording, processes, { ...options, words }));
    // Hundreds of megabytes that nothing reads again.
    rmSync(recording);
  } catch (error) {
    failures.push({ engine: 'flame', message: (error as Error).message });
  }
  return views;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
