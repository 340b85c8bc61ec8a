// The command of a session: held at its start until everybody watches, and given every signal that the session gets.
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Writable } from 'node:stream';
import { guardGroup } from '../run/index.js';
import type { Ending } from './session.js';

/** Waits for a line on descriptor 3, then becomes the command. */
const GATE = 'read -r _ <&3 && exec 3<&- && exec "$@"';
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;

/** What the command is that waits behind the gate; other words as they are. Nobody sees a command that ends at once in its own name. */
export function withoutGate(words: readonly string[]): string[] {
  const gate = words.indexOf(GATE);
  return gate === -1 ? [...words] : words.slice(gate + 2);
}

/** How the command runs. */
export interface CommandOptions {
  env: NodeJS.ProcessEnv;
  /** True to send its standard output to this program's standard error, where JSON follows on standard output. */
  outputToError: boolean;
}

/** A command that has not begun yet. */
export interface HeldCommand {
  pid: number;
  /** Lets it begin; returns how it ended. */
  run(): Promise<Ending>;
  /** Ends it before it began. */
  abandon(): void;
}

/**
 * Starts a command and holds it before its first instruction.
 *
 * At a terminal it stays in this program's group, so that it may read and Ctrl-C reaches it from the terminal alone.
 * Elsewhere it leads a group of its own, and dies with this program, whatever ends that.
 *
 * @throws Error where no process can be made
 */
export function holdCommand(words: readonly string[], { env, outputToError }: CommandOptions): HeldCommand {
  const atTerminal = process.stdin.isTTY === true;
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '/bin/sh', '-c', GATE, 'sh', ...words], {
    env,
    stdio: ['inherit', outputToError ? 2 : 'inherit', 'inherit', 'pipe'],
    detached: !atTerminal,
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error('Cannot start the command: setpriv is missing; install util-linux');
  const gate = child.stdio[3] as Writable;
  gate.on('error', () => {}); // The command was killed before it began.
  const release = atTerminal ? () => {} : guardGroup(pid);
  const stopForwarding = forwardSignals(child, atTerminal);
  const ended = new Promise<Ending>((resolve) => {
    child.once('exit', (exitCode, signal) => {
      stopForwarding();
      release();
      resolve({ exitCode, signal });
    });
  });
  return {
    pid,
    run: () => {
      gate.end('\n');
      return ended;
    },
    abandon: () => child.kill('SIGKILL'),
  };
}

/** Ctrl-C goes to everybody in the group, as a terminal sends it; other signals to the command alone, as `kill` does. */
function forwardSignals(child: ChildProcess, atTerminal: boolean): () => void {
  const handlers = FORWARDED.map((signal) => {
    const handler = () => {
      if (signal !== 'SIGINT') child.kill(signal);
      else if (!atTerminal) process.kill(-(child.pid as number), signal);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}

/** The exit code that a shell gives: that of the command, or 128 and the number of the signal that killed it. */
export function shellExitCode({ exitCode, signal }: Ending): number {
  if (exitCode !== null) return exitCode;
  return 128 + (constants.signals[signal as NodeJS.Signals] ?? 0);
}
