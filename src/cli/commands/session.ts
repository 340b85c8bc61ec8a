// `forgebench session -- COMMAND`: a command with all processes below it, profiled.
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative, resolve } from 'node:path';
import {
  runSession,
  SESSION_ENGINES,
  type Session,
  type SessionProcess,
  shellExitCode,
  toTable,
} from '../../session/index.js';
import { counted, formatDuration } from '../../units/index.js';
import { EXIT } from '../exit-code.js';
import { checkOutputFolder } from '../output.js';
import { PROGRAM_FOLDER, pageAssets } from '../page-assets.js';
import { milliseconds } from '../settings.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench session`. */
export interface SessionFlags {
  with?: string;
  interval?: string;
  output?: string;
  json?: boolean;
}

/** V8's profiler cannot keep up below half a millisecond. */
const CPU_INTERVAL_NS = 1e6;
/** perf copies the stack with each sample, 16 KB. */
const FLAME_INTERVAL_NS = 4e6;
const SHORTEST_NS = 5e5;
const LONGEST_NS = 1e9;

/** Runs the command and returns its exit code; where it ended well, that of the session. */
export async function session(words: string[], flags: SessionFlags): Promise<number> {
  const engines = parseEngines(flags.with);
  const interval = parseInterval(flags.interval);
  requireProgram(words[0] as string);
  const folder = sessionFolder(flags.output);
  const result = await runSession(words, {
    engines,
    flameIfPossible: flags.with === undefined,
    folder,
    cpuIntervalNs: interval ?? CPU_INTERVAL_NS,
    flameIntervalNs: interval ?? FLAME_INTERVAL_NS,
    outputToError: flags.json ?? false,
    ownFolders: [PROGRAM_FOLDER],
    flameClient: pageAssets('flame'),
  });
  process.stderr.write(describe(result));
  if (flags.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  return exitCodeOfSession(result);
}

/** What the command says comes first; then what failed, 3, or that nothing was seen, 4. */
function exitCodeOfSession({ ending, failures, views, processes }: Session): number {
  const code = shellExitCode(ending);
  if (code !== EXIT.well) return code;
  const anything =
    views.length > 0 || processes.some(({ threads }) => threads.some(({ files }) => Object.keys(files).length > 0));
  if (!anything) return EXIT.nothing;
  return failures.length > 0 ? EXIT.failed : EXIT.well;
}

function parseEngines(text: string | undefined): string[] {
  if (text === undefined) return ['cpu', 'flame'];
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !SESSION_ENGINES.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`Cannot watch with "${unknown}": the engines of a session are ${SESSION_ENGINES.join(', ')}`);
  return [...new Set(names)];
}

function parseInterval(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ns = milliseconds('--interval', text) * 1e6;
  if (ns < SHORTEST_NS || ns > LONGEST_NS)
    throw new UsageError(`Cannot sample each "${text}": an interval is a time from 0.5ms to 1s, such as 1ms`);
  return ns;
}

/** Where the command lies: an unknown one is refused before a folder is made for it. */
function requireProgram(program: string): void {
  const candidates = program.includes('/')
    ? [program]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder || '.', program));
  const file = candidates.find((each) => existsSync(each) && statSync(each).isFile());
  if (file === undefined)
    throw new UsageError(`Cannot start "${program}": there is no such program; check its name and PATH`);
}

/** `--output`, or a new folder below the working folder; where that is read-only, below the folder for temporary files. */
function sessionFolder(output: string | undefined): string {
  if (output !== undefined) {
    const folder = checkOutputFolder(resolve(output));
    if (existsSync(join(folder, 'session.json')))
      throw new UsageError(`Cannot write "${folder}": it holds a session already; name another folder`);
    return folder;
  }
  const name = `${new Date().toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15)}-${process.pid}`;
  const folder = join(isWritable() ? resolve('.forgebench/sessions') : join(tmpdir(), 'forgebench-sessions'), name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function isWritable(): boolean {
  try {
    accessSync(existsSync('.forgebench') ? '.forgebench' : '.', constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function describe(session: Session): string {
  const { processes, views, failures, notes, overhead, folder, wallNs } = session;
  const nodes = processes.filter(({ kind }) => kind === 'node').length;
  const pages = ['session.html', ...views.map(({ files }) => files.flame as string)];
  const files = pages.map((file) => join(relative(process.cwd(), folder) || '.', file));
  const perf = overhead.perfMs === undefined ? '' : `, perf ${formatMs(overhead.perfMs)}`;
  return [
    '',
    `Session: ${counted(processes.length, 'process', 'processes')} in ${formatDuration(wallNs / 1e6)}, ${nodes} of them node`,
    toTable(session, process.stderr.columns ?? 160),
    ...processes.flatMap(remarksOf),
    ...failures.map(({ engine, message }) => `✗ ${engine}: ${message}`),
    ...notes,
    `Looking took: starting and writing profiles ${formatMs(overhead.hookMs)} over all threads, V8's profiler ${formatMs(overhead.profilerMs)} of processor time${perf}; the interruption of each sample comes on top`,
    ...files,
    `Files: ${relative(process.cwd(), folder) || '.'}`,
    '',
  ].join('\n');
}

function remarksOf({ pid, remark, threads }: SessionProcess): string[] {
  const troubles = threads.flatMap(({ thread, trouble }) => (trouble ? [`! ${pid} thread ${thread}: ${trouble}`] : []));
  return [...(remark ? [`! ${pid}: ${remark}`] : []), ...troubles];
}

function formatMs(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}
