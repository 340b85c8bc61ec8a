// Tools that start a node program of their own: each in a process group and a folder of its own.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { launchRecord, type Profiled } from '../../samples/index.js';
import type { Engine, Usable } from './engine.js';
import type { ProfileJob, ProfileOptions } from './profile-job.js';
import { profiledOf, profileRequest } from './profiled-launch.js';
import { lastLine, runProgram } from './run-program.js';

/** A tool that watches a node program which it starts itself. */
export interface Tool {
  /** As a person calls it. */
  name: string;
  package: string;
  /** Its program inside the package. */
  program: string;
  /** Its arguments before `-- node program request`. */
  arguments: readonly string[];
  /** How long the workload runs, nanoseconds; five seconds or longer where it is absent. */
  durationNs?: number;
}

/** Tools see start-up too, and the doctor wants hundreds of samples of 10 ms before it concludes anything. */
const SHORTEST_NS = 5e9;
/** A tool that would want more memory ends with an error, not with the machine. */
const HEAP_LIMIT_MB = 2048;

/** Why tools of JavaScript do not watch other workloads. */
export function javascriptOnly(tool: string): NonNullable<Engine['refuses']> {
  return {
    native: `${tool} is not applicable: it sees JavaScript alone, and this case is Rust; use flame`,
    command: `${tool} is not applicable: it watches a node program, and this case is a command; run it on the command itself`,
  };
}

/**
 * Runs the case's workload in the standalone program under the tool, in the folder `cwd`.
 *
 * The tools hide the failure of what they watch, so the program itself says in a file how it went.
 *
 * @returns the span of the workload and the end of what the tool printed, to explain what else is missing
 * @throws Error where the tool or the workload failed
 */
export async function runTool(
  tool: Tool,
  job: ProfileJob,
  options: ProfileOptions,
): Promise<{ profiled: Profiled; output: string }> {
  const durationNs = tool.durationNs ?? Math.max(job.durationNs, SHORTEST_NS);
  const request = profileRequest({ ...job, durationNs }, [], options);
  const [requestFile, outcomeFile] = [join(options.cwd, 'request.json'), join(options.cwd, 'outcome.json')];
  writeFileSync(requestFile, JSON.stringify(request));
  const node = [process.execPath, `--max-old-space-size=${HEAP_LIMIT_MB}`, programOf(tool)];
  const target = [process.execPath, options.standalone, requestFile, outcomeFile];
  const { well, output, ending } = await runProgram([...node, ...tool.arguments, '--', ...target], options);
  if (!existsSync(outcomeFile)) {
    const how = well ? `ended${lastLine(output)}` : ending;
    throw new Error(`${tool.name} was not through with the workload when it ${how}`);
  }
  const profiled = profiledOf(launchRecord.shape.outcome.parse(JSON.parse(readFileSync(outcomeFile, 'utf8'))));
  if (!well) throw new Error(`${tool.name} ${ending}`);
  return { profiled, output: lastLine(output) };
}

/** Whether the tool is installed with what it loads; starting one takes seconds, so that is left to profiling. */
export async function probeTool({ package: name, program }: Tool, part = name): Promise<Usable> {
  try {
    const file = createRequire(import.meta.url).resolve(`${name}/${program}`);
    const { version } = createRequire(file)(`${part === name ? '.' : part}/package.json`) as { version: string };
    return { found: `${part} ${version}` };
  } catch (error) {
    const trouble = `the package ${name} is not installed (${(error as Error).message.split('\n')[0]})`;
    return { trouble, fix: 'npm install --include=optional' };
  }
}

function programOf(tool: Tool): string {
  try {
    return createRequire(import.meta.url).resolve(`${tool.package}/${tool.program}`);
  } catch {
    throw new Error(`Cannot find the package ${tool.package}: it is optional; run "npm install --include=optional"`);
  }
}
