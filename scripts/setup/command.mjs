// @ts-check
// Runs a command in a process group of its own, so that an interruption reaches its grandchildren too.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Somebody asked to stop; whatever was running has been stopped. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted; the same command continues where this one stopped');
    this.name = 'Interrupted';
  }
}

/**
 * Runs a command to its end and collects what it wrote.
 *
 * @param {readonly [string, ...string[]]} command The program and its arguments.
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env] Its environment; ours where there is none.
 * @param {(line: string) => void} [options.onStdout] Is told each line of standard output, which is then not collected.
 * @param {(line: string) => void} [options.onStderr] Is told each line of standard error, which is collected nevertheless.
 * @returns {Promise<{ code: number, output: string }>} The exit code (127: no such program) and both streams as one text.
 * @throws {Interrupted} After a signal to this process, when the whole group is gone.
 * @example
 * const { code, output } = await runCommand(['cargo', '--version']);
 */
export function runCommand(command, options = {}) {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    detached: true,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {string[]} */
  const lines = [];
  createInterface({ input: child.stdout }).on('line', options.onStdout ?? ((line) => lines.push(line)));
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    options.onStderr?.(line);
  });
  return untilGone(child, lines);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string[]} lines
 * @returns {Promise<{ code: number, output: string }>}
 */
function untilGone(child, lines) {
  return new Promise((resolve, reject) => {
    let interrupted = false;
    const stop = () => {
      interrupted = true;
      killGroup(child, 'SIGTERM');
      // A compiler that is deep in its work may take its time; nobody waits longer than this.
      setTimeout(() => killGroup(child, 'SIGKILL'), 2000).unref();
    };
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.on(signal, stop);
    const finish = (/** @type {number} */ code) => {
      for (const signal of signals) process.off(signal, stop);
      if (interrupted) reject(new Interrupted());
      else resolve({ code, output: lines.join('\n') });
    };
    child.once('error', (error) => {
      lines.push(error.message);
      finish(127);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function killGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has already gone, which is what was wanted.
  }
}
