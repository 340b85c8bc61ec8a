// What became of a worker's process, as an outcome with a sentence that a person understands.
import { type LaunchFailure, type LaunchRecord, launchRecord } from '../samples/index.js';

type Outcome = LaunchRecord['outcome'];

/** Node's exit code where the event loop is empty and a module still awaits something. */
const UNSETTLED = 13;

/** How a worker's process ended and what it left. */
export interface Ending {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** Why `run` ended it, where it did. */
  ended: 'timeout' | 'interrupted' | undefined;
  /** Time that it had, milliseconds. */
  limitMs: number;
  /** What it wrote to the wire. */
  wire: string;
  /** The last that it wrote to standard error. */
  stderr: string;
}

/**
 * The outcome that a worker wrote, or a failure that says what became of it.
 *
 * @example
 * judgeExit({ exitCode: null, signal: 'SIGSEGV', ended: undefined, limitMs: 2000, wire: '', stderr: '' });
 * // { status: 'failed', failure: { reason: 'crash', message: 'The process crashed with SIGSEGV …', signal: 'SIGSEGV' } }
 */
export function judgeExit(ending: Ending): Outcome {
  const outcome = ending.ended === undefined ? parseOutcome(ending.wire) : undefined;
  if (outcome) return outcome;
  const { exitCode, signal, stderr } = ending;
  const details = { ...(signal && { signal }), ...(exitCode !== null && { exitCode }), ...(stderr && { stderr }) };
  return { status: 'failed', failure: { ...reasonOf(ending), ...details } };
}

function reasonOf({
  ended,
  limitMs,
  signal,
  stderr,
  wire,
  exitCode,
}: Ending): Pick<LaunchFailure, 'reason' | 'message'> {
  if (ended === 'interrupted')
    return { reason: 'interrupted', message: 'The run was interrupted while this launch was under way' };
  if (ended === 'timeout') {
    const message = `No answer within ${Math.round(limitMs / 1000)} s: the workload hangs or is far too long`;
    return { reason: 'timeout', message };
  }
  if (signal === 'SIGKILL') {
    const message = 'The process was killed from outside, most likely by the kernel because memory ran out';
    return { reason: 'killed', message };
  }
  if (signal) return { reason: 'crash', message: crashMessage(signal, stderr) };
  if (wire !== '') return { reason: 'protocol', message: 'The process wrote something that is no outcome' };
  if (exitCode === UNSETTLED) {
    const message = 'The workload returned a promise that nothing will ever settle: the process had nothing left to do';
    return { reason: 'error', message };
  }
  return { reason: 'crash', message: endMessage(exitCode, stderr) };
}

/** An error that nobody caught stands below the line that a caret points at, and above Node's version. */
function endMessage(exitCode: number | null, stderr: string): string {
  const uncaught = /\n *\^+\n+(.+)\n[\s\S]*\nNode\.js v\d/.exec(stderr)?.[1];
  if (uncaught !== undefined) return `An error that nobody caught ended the process: ${uncaught}`;
  const why = exitCode === 0 ? ': something in it called process.exit' : '';
  return `The process ended with exit code ${exitCode} and without an outcome${why}`;
}

/** Signals say little; what a runtime writes before it aborts says why. */
function crashMessage(signal: NodeJS.Signals, stderr: string): string {
  const refused = /memory allocation of (\d+) bytes failed/.exec(stderr)?.[1];
  if (refused !== undefined)
    return `The process ran out of memory: Rust asked for ${refused} bytes, did not get them and aborted (${signal})`;
  if (stderr.includes('JavaScript heap out of memory'))
    return `The process ran out of memory: V8's heap was full and it aborted (${signal})`;
  if (signal === 'SIGABRT') return `The process aborted (SIGABRT)${because(stderr)}`;
  if (signal === 'SIGSEGV')
    return 'The process crashed with SIGSEGV: it used an address that is not its own, or its stack overflowed';
  return `The process crashed with ${signal}`;
}

function because(stderr: string): string {
  const last = stderr.trim().split('\n').at(-1)?.trim();
  return last ? `: ${last}` : '';
}

function parseOutcome(wire: string): Outcome | undefined {
  if (!wire.endsWith('\n')) return undefined;
  try {
    return launchRecord.shape.outcome.parse(JSON.parse(wire));
  } catch {
    return undefined;
  }
}
