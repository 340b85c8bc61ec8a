// Profiles over all processes of a session, as the files that people and programs read.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { engine } from '../native/index.js';
import {
  graphViews,
  importCpuProfile,
  importHeapProfile,
  mapSources,
  modelViews,
  type Profile,
  parseProfile,
  totalWeight,
  type Unit,
  writeViews,
} from '../profile/index.js';
import { formatBytes, formatCount, formatNs } from '../units/index.js';
import { mergeProfiles, type NamedProfile, nameThreads } from './merge-profiles.js';
import { ALLOCATION_BYTES } from './node-options.js';
import type { SessionProcess, SessionThread, SessionView } from './session.js';

/** What pages need. */
export interface ViewOptions {
  /** The session's folder. */
  folder: string;
  words: readonly string[];
  /** Folders whose JavaScript is forgebench's own. */
  ownFolders: readonly string[];
  /** The browser program of flame graphs. */
  flameClient: { script: string; style: string };
}

/** What inside a process looks: how its files are told and read, and what the graph cannot show. */
interface Inside {
  engine: 'cpu' | 'alloc';
  file: string;
  recorder: string;
  note: string;
  facts: { engine: string; unit: Unit; interval?: number };
  read(text: string, options: ViewOptions): Profile;
  /** Adds to the thread what its profile says. */
  tell(thread: SessionThread, profile: Profile): void;
}

const CPU: Inside = {
  engine: 'cpu',
  file: 'cpuprofile',
  recorder: "V8's CPU profiler",
  note: 'JavaScript alone: time in addons is booked to the JavaScript function that called, and programs that are no node are missing.',
  facts: { engine: 'inspector-cpu', unit: 'nanoseconds' },
  read: importCpuProfile,
  tell: (thread, profile) => {
    thread.samples = countSamples(profile);
  },
};

const ALLOCATIONS: Inside = {
  engine: 'alloc',
  file: 'heapprofile',
  recorder: "V8's allocation sampler",
  note: "What JavaScript allocates on V8's heap, garbage included: not buffers outside of it, nor programs that are no node.",
  facts: { engine: 'inspector-heap', unit: 'bytes', interval: ALLOCATION_BYTES },
  read: importHeapProfile,
  tell: (thread, profile) => {
    thread.allocatedBytes = totalWeight(profile);
  },
};

const FLAME_NOTE =
  'perf cannot see time in which nothing runs. Names of JavaScript are there for followed node processes.';

/** Merges the CPU profiles of all threads; nothing where no thread has one that can be read. */
export function cpuView(processes: readonly SessionProcess[], options: ViewOptions): SessionView | undefined {
  return insideView(CPU, processes, options);
}

/** Merges the profiles of allocations of all threads; nothing where no thread has one that can be read. */
export function allocationView(processes: readonly SessionProcess[], options: ViewOptions): SessionView | undefined {
  return insideView(ALLOCATIONS, processes, options);
}

function insideView(
  inside: Inside,
  processes: readonly SessionProcess[],
  options: ViewOptions,
): SessionView | undefined {
  const parts: NamedProfile[] = [];
  for (const process of processes)
    for (const thread of process.threads) {
      const file = thread.files[inside.file];
      if (file === undefined) continue;
      try {
        const profile = mapSources(inside.read(readFileSync(join(options.folder, file), 'utf8'), options));
        inside.tell(thread, profile);
        parts.push({ name: threadName(process, thread), process: process.pid, id: thread.thread, profile });
      } catch (error) {
        thread.trouble = (error as Error).message;
      }
    }
  if (parts.length === 0) return undefined;
  const { engine: name, recorder, note } = inside;
  return write(mergeProfiles(inside.facts, parts), { name, recorder, note, prefix: `${name}.`, options });
}

/**
 * Folds perf's recording, and adds to each process, and to each thread that told which it is, how many samples perf took of it.
 *
 * @throws Error where the recording cannot be read or holds nothing
 */
export async function flameView(
  recording: string,
  processes: readonly SessionProcess[],
  options: ViewOptions,
): Promise<SessionView> {
  const folded = await engine().foldPerf(recording, { ownFolders: [...options.ownFolders] });
  const profile = mapSources(parseProfile(folded));
  if (countSamples(profile) === 0) throw new Error('perf saw no sample: the command used no processor time');
  for (const process of processes) {
    const its = profile.threads.filter((thread) => thread.process === process.pid);
    process.perfSamples = countSamples({ ...profile, threads: its });
    for (const thread of process.threads) {
      const own = its.filter(({ id }) => id === thread.kernelThread);
      if (own.length > 0) thread.perfSamples = countSamples({ ...profile, threads: own });
    }
  }
  const byPid = new Map(processes.map((process) => [process.pid, label(process)]));
  const named = nameThreads(profile, {
    label: (pid) => byPid.get(pid) ?? `process ${pid}`,
    workers: followedWorkers(processes),
  });
  return write(named, { name: 'flame', recorder: 'perf', note: FLAME_NOTE, prefix: '', options });
}

/** Names of the worker threads that told which the kernel's they are, so that links of one view hold in all. */
function followedWorkers(processes: readonly SessionProcess[]): Map<number, string> {
  return new Map(
    processes.flatMap((process) =>
      process.threads.flatMap((thread) =>
        thread.thread > 0 && thread.kernelThread !== undefined
          ? [[thread.kernelThread, threadName(process, thread)] as const]
          : [],
      ),
    ),
  );
}

function countSamples({ threads }: Profile): number {
  return threads.flatMap(({ stacks }) => stacks).reduce((sum, { samples }) => sum + samples, 0);
}

/** A process as a person tells it from others: the script that node runs, or the program. */
export function label({ command, pid }: SessionProcess): string {
  const [program = '?', ...rest] = command;
  const script = rest.find((word) => !word.startsWith('-'));
  const isNode = /^(node|nodejs)$/.test(basename(program));
  return `${basename(isNode && script !== undefined ? script : program)} [${pid}]`;
}

/** A thread of a followed process, as views from inside name it. */
export function threadName(process: SessionProcess, { thread }: SessionThread): string {
  return `${label(process)}${thread === 0 ? '' : ` worker ${thread}`}`;
}

interface Written {
  name: SessionView['engine'];
  recorder: string;
  note: string;
  /** Stands before the names of the files. */
  prefix: string;
  options: ViewOptions;
}

function write(profile: Profile, { name, recorder, note, prefix, options }: Written): SessionView {
  const title = options.words.join(' ');
  const samples = countSamples(profile);
  const { unit, interval, threads } = profile;
  const every = unit === 'bytes' ? formatBytes(interval) : formatNs(interval);
  const page = {
    title,
    subtitle: [`${recorder} · ${formatCount(samples)} samples of ${threads.length} threads · one for each ${every}`],
    note,
    client: options.flameClient,
  };
  const views = { ...graphViews(profile, page), ...modelViews(profile, title) };
  return {
    engine: name,
    files: writeViews(options.folder, views, prefix),
    samples,
    ...(unit === 'bytes' ? { intervalBytes: interval } : { intervalNs: interval }),
    threads: threads.map((thread) => thread.name),
  };
}
