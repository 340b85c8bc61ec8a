// One launch as a process: started, waited for, and turned into a record whatever becomes of it.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type LaunchRecord, type LaunchRequest, WIRE_VERSION } from '../samples/index.js';
import { guardGroup } from './group-guard.js';
import { judgeExit } from './judge-exit.js';
import { killGroup } from './kill-group.js';
import { processEnvironment } from './process-environment.js';
import { sampleTimeline } from './sample-timeline.js';

/** How worker processes are started. */
export interface LaunchOptions {
  /** Program of the worker. */
  worker: string;
  /** Working folder of the process. */
  cwd: string;
  /** Arguments of `node` before the program. */
  nodeFlags?: readonly string[];
  /** A program and its arguments that run `node` in turn, such as a profiler. */
  wrapper?: readonly string[];
  /** Variables added to the environment. */
  environment?: Readonly<Record<string, string>>;
  /** Descriptors that the process gets as 4, 5 and so on. */
  descriptors?: readonly number[];
  /** Aborting kills the process; the record says that it was interrupted. */
  signal: AbortSignal;
}

/** Descriptor on which a worker writes its outcome. */
const WIRE = 3;
/** Far more than an outcome has; a workload that floods the wire must not fill the memory of this process. */
const WIRE_KEPT = 64e6;
const STDERR_KEPT = 4_000;
/** Beyond this Node's timers fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Between the end of a process and that of its pipes. */
const PIPES_CLOSE_MS = 1_000;

/**
 * Makes one launch. It never throws for what the process does: a crash, a hang or a kill becomes a record with its
 * reason.
 */
export async function launch(request: LaunchRequest, options: LaunchOptions): Promise<LaunchRecord> {
  const startedAt = Date.now();
  const { outcome, timeline } = await runProcess(request, options);
  removeTemporaryFiles(options);
  const { index, caseId, side, duet, kind } = request;
  const durationMs = Date.now() - startedAt;
  return {
    version: WIRE_VERSION,
    index,
    caseId,
    ...(side && { side }),
    ...(duet !== undefined && { duet }),
    kind,
    startedAt,
    durationMs,
    ...(timeline && { timeline }),
    outcome,
  };
}

/** Where the process makes temporary files: one that is killed cannot remove them itself. */
function temporaryFolder({ cwd }: Pick<LaunchOptions, 'cwd'>): string {
  return join(cwd, 'temporary');
}

/** Where launches of one run may keep what takes long to make and none of them changes. */
function sharedFolder({ cwd }: Pick<LaunchOptions, 'cwd'>): string {
  return join(cwd, 'shared');
}

function removeTemporaryFiles(options: LaunchOptions): void {
  try {
    rmSync(temporaryFolder(options), { recursive: true, force: true });
  } catch {
    // The folder above it is removed when this program ends.
  }
}

type Seen = Pick<LaunchRecord, 'outcome' | 'timeline'>;

async function runProcess(request: LaunchRequest, options: LaunchOptions): Promise<Seen> {
  let child: ChildProcess;
  try {
    mkdirSync(temporaryFolder(options), { recursive: true });
    mkdirSync(sharedFolder(options), { recursive: true });
    child = start(options);
  } catch (error) {
    return notStarted(error as Error, options);
  }
  if (child.pid === undefined) {
    const error = await new Promise<Error>((resolve) => child.once('error', resolve));
    return notStarted(error, options);
  }
  const limitMs = request.timeoutMs;
  let ended: 'timeout' | 'interrupted' | undefined;
  const end = (why: 'timeout' | 'interrupted') => {
    ended ??= why;
    killGroup(child.pid);
  };
  const release = guardGroup(child.pid);
  const sampled = sampleTimeline(child.pid);
  const timer = setTimeout(end, Math.min(limitMs, LONGEST_TIMER_MS), 'timeout');
  const interrupt = () => end('interrupted');
  if (options.signal.aborted) interrupt();
  options.signal.addEventListener('abort', interrupt, { once: true });
  const wire = firstOf(child.stdio[WIRE] as Readable, WIRE_KEPT);
  const stderr = lastOf(child.stderr as Readable, STDERR_KEPT);
  child.stdin?.on('error', () => {}); // A process that dies before it reads has its exit to tell so.
  child.stdin?.end(JSON.stringify(request));
  const [exitCode, signal] = await untilClosed(child);
  clearTimeout(timer);
  options.signal.removeEventListener('abort', interrupt);
  release();
  const outcome = judgeExit({ exitCode, signal, ended, limitMs, wire: wire(), stderr: stderr() });
  return { outcome, timeline: sampled() };
}

/** Waits for the end of the process and of its pipes, which a process that left the group may hold open for ever. */
function untilClosed(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve) => {
    child.once('exit', (exitCode, signal) => {
      killGroup(child.pid); // What a workload has left running in its group ends with it.
      const late = setTimeout(() => {
        for (const stream of child.stdio) stream?.destroy();
        resolve([exitCode, signal]);
      }, PIPES_CLOSE_MS);
      child.once('close', () => {
        clearTimeout(late);
        resolve([exitCode, signal]);
      });
    });
  });
}

function start(options: LaunchOptions): ChildProcess {
  const { worker, cwd, nodeFlags = [], wrapper = [], environment = {}, descriptors = [] } = options;
  // Under a wrapper the worker's parent is the wrapper, which dies with this process itself.
  const parent = wrapper.length === 0 ? [String(process.pid)] : [];
  const [program = process.execPath, ...rest] = [...wrapper, process.execPath, ...nodeFlags, worker, ...parent];
  return spawn(program, rest, {
    cwd,
    env: {
      ...processEnvironment(),
      TMPDIR: temporaryFolder({ cwd }),
      FORGEBENCH_SHARED: sharedFolder({ cwd }),
      ...environment,
    },
    stdio: ['pipe', 'ignore', 'pipe', 'pipe', ...descriptors],
    detached: true,
  });
}

function notStarted(error: Error, { cwd }: LaunchOptions): Seen {
  // Node.js names the program where it is the folder that does not exist.
  const gone = (error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(cwd);
  const why = gone ? `its folder ${cwd} was removed meanwhile` : error.message;
  const message = `Cannot start the process: ${why}; run "forgebench doctor"`;
  return { outcome: { status: 'failed', failure: { reason: 'spawn', message } } };
}

/** Collects a stream; returns a function that gives its first `keep` characters. */
function firstOf(stream: Readable, keep: number): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    if (text.length < keep) text += chunk;
  });
  return () => text;
}

/** Collects a stream; returns a function that gives its last `keep` characters. */
function lastOf(stream: Readable, keep: number): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-keep);
  });
  return () => text;
}
