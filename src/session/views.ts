// Profiles over all processes of a session, as the files that people and programs read.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { engine } from '../native/index.js';
import { importCpuProfile, type Profile, toFlameHtml, toFolded, toSpeedscope } from '../profile/index.js';
import { formatCount, formatNs } from '../units/index.js';
import { mergeProfiles, type NamedProfile, nameThreads } from './merge-profiles.js';
import type { SessionProcess, SessionView } from './session.js';

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

const CPU_NOTE =
  'JavaScript alone: time in addons is booked to the JavaScript function that called, and programs that are no node are missing.';
const FLAME_NOTE =
  'perf cannot see time in which nothing runs. Names of JavaScript are there for followed node processes.';

/**
 * Merges the CPU profiles of all threads, and adds to each thread how many samples it has.
 *
 * @returns nothing where no thread has a profile that can be read
 */
export function cpuView(processes: readonly SessionProcess[], options: ViewOptions): SessionView | undefined {
  const parts: NamedProfile[] = [];
  for (const process of processes)
    for (const thread of process.threads) {
      if (thread.files.cpuprofile === undefined) continue;
      try {
        const profile = importCpuProfile(readFileSync(join(options.folder, thread.files.cpuprofile), 'utf8'), options);
        thread.samples = countSamples(profile);
        const worker = thread.thread === 0 ? '' : ` worker ${thread.thread}`;
        parts.push({ name: `${label(process)}${worker}`, process: process.pid, id: thread.thread, profile });
      } catch (error) {
        thread.trouble = (error as Error).message;
      }
    }
  return parts.length === 0
    ? undefined
    : write(mergeProfiles('inspector-cpu', parts), 'cpu', { options, prefix: 'cpu.' });
}

/**
 * Folds perf's recording, and adds to each process how many samples perf took of it.
 *
 * @throws Error where the recording cannot be read or holds nothing
 */
export async function flameView(
  recording: string,
  processes: readonly SessionProcess[],
  options: ViewOptions,
): Promise<SessionView> {
  const folded = await engine().foldPerf(recording, { ownFolders: [...options.ownFolders] });
  const profile = JSON.parse(folded) as Profile;
  if (countSamples(profile) === 0) throw new Error('perf saw no sample: the command used no processor time');
  for (const process of processes) {
    const threads = profile.threads.filter((thread) => thread.process === process.pid);
    process.perfSamples = countSamples({ ...profile, threads });
  }
  const byPid = new Map(processes.map((process) => [process.pid, label(process)]));
  return write(
    nameThreads(profile, (pid) => byPid.get(pid) ?? `process ${pid}`),
    'flame',
    { options, prefix: '' },
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

function write(
  profile: Profile,
  name: SessionView['engine'],
  { options, prefix }: { options: ViewOptions; prefix: string },
): SessionView {
  const title = options.words.join(' ');
  const samples = countSamples(profile);
  const recorder = name === 'cpu' ? "V8's CPU profiler" : 'perf';
  const page = toFlameHtml(profile, {
    title,
    subtitle: [
      `${recorder} · ${formatCount(samples)} samples of ${profile.threads.length} threads · one for each ${formatNs(profile.interval)}`,
    ],
    note: name === 'cpu' ? CPU_NOTE : FLAME_NOTE,
    client: options.flameClient,
  });
  const files = {
    flame: [`${prefix}flame.html`, page],
    folded: [`${prefix}stacks.folded`, toFolded(profile)],
    speedscope: [`${prefix}speedscope.json`, JSON.stringify(toSpeedscope(profile, title))],
  } as const;
  for (const [file, content] of Object.values(files)) writeFileSync(join(options.folder, file), content);
  const paths = Object.fromEntries(Object.entries(files).map(([kind, [file]]) => [kind, file]));
  return { engine: name, files: paths, samples, intervalNs: profile.interval };
}
