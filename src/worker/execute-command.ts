// One execution of a command, by a small program of its own: what forks a process is charged to it, and a worker has
// the memory of a whole Node.js.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { programFile } from '../native/index.js';
import { LaunchError } from './launch-error.js';

/** What to execute. */
export interface CommandLine {
  /** Program and arguments. */
  arguments: readonly string[];
  folder: string;
  /** Variables added to the environment. */
  environment: Readonly<Record<string, string>>;
}

/** What one execution used; its children that it waited for are counted with it. */
export interface Execution {
  /** From before the start until it was reaped, nanoseconds. */
  wallNs: number;
  userNs: number;
  systemNs: number;
  /** Highest resident set, bytes; at least 1 MB, which the program that starts it has. */
  maxRssBytes: number;
  minorFaults: number;
  majorFaults: number;
  voluntarySwitches: number;
  involuntarySwitches: number;
  /** Exit code, or minus the number of the signal that ended it. */
  exitCode: number;
}

/**
 * Executes a command once, without input; its output is thrown away. It stays in the process group of this process
 * and dies with it.
 *
 * @throws LaunchError where it cannot be started
 */
export async function executeCommand(line: CommandLine): Promise<Execution> {
  const program = programFile('forgebench-execute');
  const child = spawn(program, [String(process.pid)], { stdio: 'pipe' });
  const started = once(child, 'spawn').catch((error: Error) => {
    throw new LaunchError('setup', `Cannot start "${program}": ${error.message}; run "npm run setup"`);
  });
  await started;
  child.stdin.on('error', () => {}); // One that ends before it reads says why on standard error.
  child.stdin.end(JSON.stringify(line));
  const [answer, problem] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (answer === '') throw new LaunchError('setup', problem.trim() || `"${program}" ended without an answer`);
  return JSON.parse(answer) as Execution;
}
