// What the tools of valgrind share: the runner of a case under one of them, on a processor that valgrind imitates.
import type { EngineResult } from '../../profile/index.js';
import type { WorkloadReference } from '../../samples/index.js';
import type { Engine, Usable } from './engine.js';
import { perOperation } from './profile-facts.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { inFolderOfItsOwn } from './profiled-launch.js';
import { type Ended, lastLine, runProgram } from './run-program.js';
import { tryProgram } from './try-program.js';

/** One of the tools. */
export interface ValgrindTool {
  /** As `--tool` names it. */
  name: string;
  /** What it shows, in a line for the help. */
  about: string;
  /** Its own arguments; files are written into the folder where it runs. */
  arguments: readonly string[];
  /** True where the runner itself tells the tool what to count, and how many iterations that were. */
  countsInRunner?: boolean;
  /** What it left in the folder. */
  read(seen: ValgrindRun): Omit<EngineResult, 'engine'>;
}

/** A run of the runner under a tool that ended well. */
export interface ValgrindRun {
  /** The folder in which it ran. */
  cwd: string;
  job: ProfileJob;
  options: ProfileOptions;
  /** Operations that were watched. */
  operations: number;
  ended: Ended;
}

/** How many times slower a program runs, about; the watched iterations are as many as take the asked time so. */
const SLOWER = 50;
const MOST_ITERATIONS = 1_000_000;

/** Why the tools watch nothing but Rust. */
function rustOnly(tool: string): NonNullable<Engine['refuses']> {
  return {
    module: `${tool} is not applicable: it watches compiled programs, and V8 compiles this case while it runs; count its instructions with "forgebench run --instructions"`,
    command: `${tool} is not applicable: it watches the runner of a case in Rust, and this case is a command; run "valgrind --tool=${tool}" on the command itself`,
  };
}

/** The tool as an engine. */
export function valgrindEngine(tool: ValgrindTool): Engine {
  return {
    name: tool.name,
    about: tool.about,
    refuses: rustOnly(tool.name),
    probe: () => probeTool(tool),
    profile: (job, options) => inFolderOfItsOwn(options.cwd, (cwd) => runRunner(tool, job, { ...options, cwd })),
  };
}

async function runRunner(tool: ValgrindTool, job: ProfileJob, options: ProfileOptions): Promise<EngineResult> {
  const { name } = tool;
  const { runner, id } = runnerOf(job.benchmark.workload, name);
  const clean = await job.clean();
  const parameters = JSON.stringify(job.case.parameters);
  const iterations = iterationsFor(job, clean);
  const work = tool.countsInRunner ? ['instructions', id, parameters] : ['iterate', id, parameters, String(iterations)];
  const words = ['valgrind', `--tool=${name}`, ...COMMON, ...tool.arguments, runner, ...work];
  const ended = await runProgram(words, options);
  if (!ended.well) throw new Error(`${name} ${failureOf(ended.output) ?? ended.ending}`);
  const perIteration = clean[0]?.operationsPerIteration ?? 1;
  const operations = tool.countsInRunner ? countedOperations(ended.output, name) : iterations * perIteration;
  const slowdown = slower(ended, operations, clean);
  const facts = tool.read({ cwd: options.cwd, job, options, operations, ended });
  return { engine: name, ...slowdown, ...facts };
}

/** Threads that wait by spinning must not starve others; processes that a workload starts are not watched. */
const COMMON = ['--child-silent-after-fork=yes', '--fair-sched=try', '--error-exitcode=0', '--log-file=valgrind.log'];

function runnerOf(workload: WorkloadReference, tool: string): { runner: string; id: string } {
  if (workload.kind === 'native' && workload.runner !== undefined) return { runner: workload.runner, id: workload.id };
  throw new Error(
    `Cannot use ${tool}: the addon of this case has no runner; docs/definitions.md shows the four lines that make one`,
  );
}

function iterationsFor({ durationNs }: ProfileJob, clean: Awaited<ReturnType<ProfileJob['clean']>>): number {
  const iterationNs = (perOperation(clean)?.wallNs ?? durationNs) * (clean[0]?.operationsPerIteration ?? 1);
  return Math.min(MOST_ITERATIONS, Math.max(1, Math.floor(durationNs / SLOWER / iterationNs)));
}

/** Start-up, set-up and checks are in it, so it is an upper bound; what callgrind does not count runs quicker. */
function slower({ durationMs }: Ended, operations: number, clean: Parameters<typeof perOperation>[0]) {
  const cleanNs = perOperation(clean)?.wallNs;
  return cleanNs === undefined ? {} : { slowdown: (durationMs * 1e6) / operations / cleanNs };
}

/** The reason that the runner itself gave, where it did. */
function failureOf(output: string): string | undefined {
  try {
    const { failure } = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as { failure?: { message: string } };
    return failure && `could not watch the workload: ${failure.message}`;
  } catch {
    return undefined;
  }
}

function countedOperations(output: string, tool: string): number {
  try {
    const answer = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as { iterations: number; operations: number };
    if (answer.iterations * answer.operations > 0) return answer.iterations * answer.operations;
  } catch {
    // No answer at all is told below.
  }
  throw new Error(`${tool} ended, but the runner has not said what it did${lastLine(output)}`);
}

async function probeTool({ name }: ValgrindTool): Promise<Usable> {
  const fix = 'apt-get install valgrind (Debian, Ubuntu), dnf install valgrind (Fedora), pacman -S valgrind (Arch)';
  const [version, tried] = await Promise.all([
    tryProgram('valgrind', ['--version']),
    tryProgram('valgrind', [`--tool=${name}`, '--quiet', 'true']),
  ]);
  if (!version.ok) return { trouble: `valgrind is not installed (${version.output})`, fix };
  if (!tried.ok) return { trouble: `${version.output} cannot run a program: ${tried.output}`, fix };
  return { found: version.output };
}
