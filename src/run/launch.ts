// One launch as a process: started, waited for, and turned into a record whatever becomes of it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import {
  type LaunchFailure,
  type LaunchRecord,
  type LaunchRequest,
  launchRecord,
  WIRE_VERSION,
} from '../samples/index.js';

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
  /** Aborting kills the process; the record says that it was interrupted. */
  signal: AbortSignal;
}

const STDERR_KEPT = 4_000;

/**
 * Makes one launch. It never throws for what the process does: a crash, a hang or a kill becomes a record with its
 * reason.
 */
export async function launch(request: LaunchRequest, options: LaunchOptions): Promise<LaunchRecord> {
  const startedAt = Date.now();
  const outcome = await runProcess(request, options);
  const { index, caseId, kind } = request;
  return { version: WIRE_VERSION, index, caseId, kind, startedAt, durationMs: Date.now() - startedAt, outcome };
}

type Outcome = LaunchRecord['outcome'];

function runProcess(request: LaunchRequest, options: LaunchOptions): Promise<Outcome> {
  mkdirSync(options.cwd, { recursive: true });
  const child = start(options);
  const limitMs = request.timeoutMs;
  let ended: 'timeout' | 'interrupted' | undefined;
  const end = (why: 'timeout' | 'interrupted') => {
    ended ??= why;
    kill(child);
  };
  const timer = setTimeout(end, limitMs, 'timeout');
  const interrupt = () => end('interrupted');
  if (options.signal.aborted) interrupt();
  options.signal.addEventListener('abort', interrupt, { once: true });
  const wire = collect(child.stdio[3] as NodeJS.ReadableStream);
  const stderr = collect(child.stderr as NodeJS.ReadableStream, STDERR_KEPT);
  child.stdin?.on('error', () => {}); // A process that dies before it reads has its exit to tell so.
  child.stdin?.end(JSON.stringify(request));
  return new Promise((resolve) => {
    child.once('error', (error) =>
      resolve(failed({ reason: 'spawn', message: `Cannot start the process: ${error.message}` })),
    );
    child.once('close', (exitCode, signal) =>
      resolve(judge({ exitCode, signal, ended, limitMs, wire: wire(), stderr: stderr() })),
    );
  }).finally(() => {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', interrupt);
    kill(child); // What a workload has left running in its group ends with it.
  }) as Promise<Outcome>;
}

function start({ worker, cwd, nodeFlags = [], wrapper = [] }: LaunchOptions): ChildProcess {
  // Under a wrapper the worker's parent is the wrapper, which dies with this process itself.
  const parent = wrapper.length === 0 ? [String(process.pid)] : [];
  const [program = process.execPath, ...rest] = [...wrapper, process.execPath, ...nodeFlags, worker, ...parent];
  return spawn(program, rest, {
    cwd,
    env: launchEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

/** Backtraces of errors that a workload provokes would be timed with it (20 times slower where measured). */
function launchEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _dropped, ...rest } = process.env;
  return { ...rest, RUST_BACKTRACE: '0', RUST_LIB_BACKTRACE: '0' };
}

interface Ending {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  ended: 'timeout' | 'interrupted' | undefined;
  limitMs: number;
  wire: string;
  stderr: string;
}

function judge({ exitCode, signal, ended, limitMs, wire, stderr }: Ending): Outcome {
  const details = { ...(signal && { signal }), ...(exitCode !== null && { exitCode }), ...(stderr && { stderr }) };
  if (ended === 'interrupted')
    return failed({
      reason: 'interrupted',
      message: 'The run was interrupted while this launch was under way',
      ...details,
    });
  if (ended === 'timeout')
    return failed({
      reason: 'timeout',
      message: `No answer within ${Math.round(limitMs / 1000)} s: the workload hangs or is far too long`,
      ...details,
    });
  const outcome = parseOutcome(wire);
  if (outcome) return outcome;
  if (signal === 'SIGKILL')
    return failed({
      reason: 'killed',
      message: 'The process was killed from outside, most likely by the kernel because memory ran out',
      ...details,
    });
  if (signal)
    return failed({
      reason: 'crash',
      message: `The process crashed with ${signal}${signal === 'SIGABRT' ? ' (abort; V8 does so when its heap is full)' : ''}`,
      ...details,
    });
  if (wire !== '')
    return failed({ reason: 'protocol', message: 'The process wrote something that is no outcome', ...details });
  return failed({
    reason: 'crash',
    message: `The process ended with exit code ${exitCode} and without an outcome`,
    ...details,
  });
}

function parseOutcome(wire: string): Outcome | undefined {
  if (!wire.endsWith('\n')) return undefined;
  try {
    return launchRecord.shape.outcome.parse(JSON.parse(wire));
  } catch {
    return undefined;
  }
}

function failed(failure: LaunchFailure): Outcome {
  return { status: 'failed', failure };
}

/** Kills the process and everything in its group. */
function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

/** Collects a stream; returns a function that gives the text, or its last `keep` characters. */
function collect(stream: NodeJS.ReadableStream, keep = Number.POSITIVE_INFINITY): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text = (text + chunk).slice(-keep);
  });
  return () => text;
}
