// perf over a process and all that it will start, attached before the process begins.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { perfCommand } from '../profile/index.js';

/** Enough for a stack that is not recursive; at 250 samples a second 4 MB for each busy core and second. */
const STACK_BYTES = 16_384;
/** A recording that is larger than this is cut, and said to be. */
const LARGEST = '2G';
const READY_WITHIN_MS = 10_000;
const END_WITHIN_MS = 30_000;

/** perf while it records. */
export interface AttachedPerf {
  pid: number;
  /** Ends the recording, where the end of all processes has not. */
  stop(): Promise<void>;
}

/**
 * Attaches perf to a process; what that starts is recorded as well.
 *
 * @throws Error with what perf said, where it cannot attach
 */
export async function attachPerf(pid: number, output: string, intervalNs: number): Promise<AttachedPerf> {
  const frequency = Math.max(1, Math.round(1e9 / intervalNs));
  const words = perfCommand({ output, frequency, stackBytes: STACK_BYTES });
  const [program, ...rest] = words.slice(0, words.lastIndexOf('--')) as [string, ...string[]];
  const child = spawn(program, [...rest, '--max-size', LARGEST, '--control', 'fd:3,4', '--pid', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C at a terminal ends the command, and that ends perf.
    detached: true,
  });
  const control = child.stdio[3] as Writable;
  control.on('error', () => {}); // It has ended already.
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk).slice(-2000);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  control.write('ping\n');
  const ready = await Promise.race([answer(child), ended.then(() => false), wait(READY_WITHIN_MS)]);
  if (ready !== true || child.pid === undefined) {
    child.kill('SIGKILL');
    const reason = said.trim().split('\n')[0] || `it was not ready within ${READY_WITHIN_MS / 1000} s`;
    throw new Error(`perf cannot attach to the command (${reason}); run "forgebench doctor"`);
  }
  return { pid: child.pid, stop: () => stop(control, child, ended) };
}

function answer(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    (child.stdio[4] as Readable).once('data', () => resolve(true));
  });
}

async function stop(control: Writable, child: ChildProcess, ended: Promise<void>): Promise<void> {
  control.write('stop\n');
  if ((await Promise.race([ended, wait(END_WITHIN_MS)])) === false) child.kill('SIGKILL');
  await ended;
}

function wait(ms: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), ms).unref();
  });
}
