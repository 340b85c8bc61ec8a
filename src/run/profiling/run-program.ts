// A program that profiles another: in a process group of its own, with limits of time and files, never asked anything.
import { spawn } from 'node:child_process';
import { guardGroup } from '../group-guard.js';
import { killGroup } from '../kill-group.js';
import { processEnvironment } from '../process-environment.js';
import { LIMITED_FILES, ranIntoLimit } from './bounded-file.js';
import { PROFILE_TIMEOUT_MS, type ProfileOptions } from './profile-job.js';

/** How a program ended. */
export interface Ended {
  /** The end of what it printed. */
  output: string;
  /** True where it ended by itself with exit code 0. */
  well: boolean;
  /** How it ended, to follow its name: `was killed with SIGKILL: …`. */
  ending: string;
  /** Milliseconds from start to end. */
  durationMs: number;
}

const OUTPUT_KEPT = 100_000;
/** Exit code of a shell, and of setpriv, that cannot find a program. */
const NOT_FOUND = 127;
/** Between the end of a process and that of its pipes, which a process that left the group may hold open for ever. */
const PIPES_CLOSE_MS = 1_000;

/**
 * Runs a program in the options' folder; whatever is left of its group ends with it, and all of it with this process.
 * Its standard input is empty. It never throws for what the program does.
 */
export async function runProgram(
  words: readonly string[],
  { cwd, signal, timeLimitMs = PROFILE_TIMEOUT_MS }: ProfileOptions,
): Promise<Ended> {
  const startedAt = Date.now();
  // The program dies with this process by itself; the guard kills what it has started.
  const [shell = '', ...rest] = [...LIMITED_FILES, 'setpriv', '--pdeathsig', 'KILL', ...words];
  const child = spawn(shell, rest, {
    cwd,
    // Nobody is asked for consent, and nothing is sent.
    env: { ...processEnvironment(), NO_INSIGHT: '1', NO_UPDATE_NOTIFIER: '1', TMPDIR: cwd },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk).slice(-OUTPUT_KEPT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const group = child.pid;
  const release = group === undefined ? () => {} : guardGroup(group);
  const kill = () => killGroup(group);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    kill();
  }, timeLimitMs);
  if (signal.aborted) kill();
  signal.addEventListener('abort', kill, { once: true });
  const exit = await new Promise<{ code: number | null; by: NodeJS.Signals | null; error?: Error }>((resolve) => {
    child.once('error', (error) => resolve({ code: null, by: null, error }));
    child.once('exit', (code, by) => {
      kill();
      const done = () => resolve({ code, by });
      child.once('close', done);
      setTimeout(done, PIPES_CLOSE_MS).unref();
    });
  });
  clearTimeout(timer);
  signal.removeEventListener('abort', kill);
  release();
  const ending = late ? `gave no result within ${timeLimitMs / 1000} s and was ended` : endingOf({ ...exit, output });
  return { output, well: !late && exit.code === 0, ending, durationMs: Date.now() - startedAt };
}

/** What a program said last, to follow a sentence; empty where it said nothing. */
export function lastLine(output: string): string {
  const line = output.trim().split('\n').at(-1)?.trim();
  return line ? `: ${line}` : '';
}

function endingOf({
  code,
  by,
  error,
  output,
}: {
  code: number | null;
  by: NodeJS.Signals | null;
  error?: Error;
  output: string;
}): string {
  if (error) return `cannot start: ${error.message}; run "forgebench doctor"`;
  if (code === NOT_FOUND) return `cannot start${lastLine(output)}; run "forgebench doctor"`;
  const limit = code === 0 ? undefined : ranIntoLimit(by, output);
  if (limit !== undefined) return limit;
  return `${by ? `was killed with ${by}` : `ended with exit code ${code}`}${lastLine(output)}`;
}
