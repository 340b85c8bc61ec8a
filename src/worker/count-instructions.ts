// A launch that counts instructions: the workload runs under callgrind in a process of its own, Rust in its runner and
// JavaScript in a Node.js without its compiler, whose code would be another from launch to launch.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstructionCount, LaunchFailure, LaunchRequest } from '../samples/index.js';
import { callgrindArguments, collectedInstructions } from './callgrind.js';
import { LaunchError } from './launch-error.js';
import { jitlessProgram } from './worker-program.js';

/** The last line that a program prints which ran for callgrind. */
export type CountedAnswer =
  | { iterations: number; operations: number; failure?: undefined }
  | { failure: Pick<LaunchFailure, 'reason' | 'message'> };

/** Nothing of V8 may depend on other threads; code that is thrown away would be made anew. */
const REPEATABLE = ['--jitless', '--single-threaded', '--predictable', '--no-flush-bytecode', '--expose-gc'];
/** The share of a launch's time after which callgrind is ended, so that there is an answer before the launch is. */
const PATIENCE = 0.9;
/**
 * A runner that chooses how many iterations to count is told 0, in as many digits as those that are told how many: an
 * argument more, or a longer one, moves everything on the heap, which has cost 0.7 % of a short body's instructions.
 */
const COUNT_DIGITS = 6;
/** Between the end of a process and that of its pipe. */
const PIPE_CLOSES_MS = 1_000;
/** More than an answer has; a workload may print what it likes before it. */
const OUTPUT_KEPT = 100_000;

/**
 * Counts the instructions of a case.
 *
 * @throws LaunchError where the workload fails, or nothing was counted
 */
export async function countInstructions(request: LaunchRequest): Promise<InstructionCount> {
  const log = join(mkdtempSync(join(tmpdir(), 'callgrind-')), 'log');
  const program = programOf(request);
  const child = spawn('valgrind', [...callgrindArguments(log), ...program], {
    env: { ...process.env, FORGEBENCH_SEED: String(request.seed ?? 1) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin?.on('error', () => {}); // One that ends before it reads has its exit to tell so.
  child.stdin?.end(JSON.stringify(request));
  const { output, signal, late } = await ended(child, request.timeoutMs * PATIENCE);
  if (late) return { kind: 'instructions', counted: null };
  if (signal) throw new LaunchError('crash', `The process crashed with ${signal} under valgrind`);
  const answer = readAnswer(output, program[0] as string);
  if (answer.failure) throw new LaunchError(answer.failure.reason, answer.failure.message);
  const instructions = existsSync(log) ? collectedInstructions(readFileSync(log, 'utf8')) : undefined;
  if (!instructions)
    throw new LaunchError('error', 'Callgrind has counted nothing; try "valgrind --tool=callgrind true"');
  const { iterations, operations } = answer;
  return { kind: 'instructions', counted: { instructions, iterations, operationsPerIteration: operations } };
}

function programOf({ workload, parameters, iterations, seed = 1 }: LaunchRequest): string[] {
  if (workload.kind === 'module')
    return [process.execPath, ...REPEATABLE, `--hash-seed=${seed}`, `--random-seed=${seed}`, jitlessProgram];
  if (workload.kind === 'native' && workload.runner !== undefined)
    return [
      workload.runner,
      'instructions',
      workload.id,
      JSON.stringify(parameters),
      String(iterations ?? 0).padStart(COUNT_DIGITS, '0'),
    ];
  throw new LaunchError('parameters', `Cannot count instructions: the workload is a ${workload.kind} without a runner`);
}

interface Ended {
  /** The end of what it printed. */
  output: string;
  signal: NodeJS.Signals | null;
  /** True where it had no time to come to its end. */
  late: boolean;
}

function ended(child: ChildProcess, limitMs: number): Promise<Ended> {
  let output = '';
  let late = false;
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output = (output + chunk).slice(-OUTPUT_KEPT);
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limitMs);
    child.once('error', (error) =>
      reject(new LaunchError('setup', `Cannot start valgrind: ${error.message}; run "forgebench doctor"`)),
    );
    child.once('exit', (_, signal) => {
      clearTimeout(timer);
      const done = () => resolve({ output, signal, late });
      child.once('close', done);
      // What the workload has left running may hold the pipe open for ever.
      setTimeout(done, PIPE_CLOSES_MS).unref();
    });
  });
}

function readAnswer(output: string, program: string): CountedAnswer {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(line) as CountedAnswer;
  } catch {
    throw new LaunchError('setup', `Cannot read the answer of "${program}"; build it with this version of forgebench`);
  }
}
