// Tools that start a node program of their own: each in a process group and a folder of its own.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { launchRecord, type Profiled } from '../../samples/index.js';
import { guardGroup } from '../group-guard.js';
import { killGroup } from '../kill-group.js';
import { processEnvironment } from '../process-environment.js';
import { PROFILE_TIMEOUT_MS, type ProfileJob, type ProfileOptions } from './profile-job.js';
import { profiledOf, profileRequest } from './profiled-launch.js';

/** A tool that watches a node program which it starts itself. */
export interface Tool {
  /** As a person calls it. */
  name: string;
  package: string;
  /** Its program inside the package. */
  program: string;
  /** Its arguments before `-- node program request`. */
  arguments: readonly string[];
}

/** Tools see start-up too, and the doctor wants hundreds of samples of 10 ms before it concludes anything. */
const SHORTEST_NS = 5e9;
const OUTPUT_KEPT = 2_000;

/**
 * Runs the case's workload in the standalone program under the tool, in the folder `cwd`.
 *
 * The tools hide the failure of what they watch, so the program itself says in a file how it went.
 *
 * @returns the span of the workload and the end of what the tool printed, to explain what else is missing
 * @throws Error where the case is no module, or the tool or the workload failed
 */
export async function runTool(
  tool: Tool,
  job: ProfileJob,
  options: ProfileOptions,
): Promise<{ profiled: Profiled; output: string }> {
  const { kind } = job.benchmark.workload;
  if (kind !== 'module') throw new Error(notForThis(tool.name, kind));
  const program = programOf(tool);
  const request = profileRequest({ ...job, durationNs: Math.max(job.durationNs, SHORTEST_NS) }, [], options);
  const [requestFile, outcomeFile] = [join(options.cwd, 'request.json'), join(options.cwd, 'outcome.json')];
  writeFileSync(requestFile, JSON.stringify(request));
  const words = [program, ...tool.arguments, '--', process.execPath, options.standalone, requestFile, outcomeFile];
  const { output, ending } = await runGroup(words, options);
  if (!existsSync(outcomeFile))
    throw new Error(`${tool.name} ${ending} before the workload was through${lastLine(output)}`);
  const profiled = profiledOf(launchRecord.shape.outcome.parse(JSON.parse(readFileSync(outcomeFile, 'utf8'))));
  if (ending !== ENDED_WELL) throw new Error(`${tool.name} ${ending}${lastLine(output)}`);
  return { profiled, output: lastLine(output) };
}

function notForThis(tool: string, kind: 'native' | 'command'): string {
  return kind === 'native'
    ? `${tool} is not applicable: it sees JavaScript alone, and this case is Rust; use flame`
    : `${tool} is not applicable: it watches a node program, and this case is a command; run it on the command itself`;
}

function programOf(tool: Tool): string {
  try {
    return createRequire(import.meta.url).resolve(`${tool.package}/${tool.program}`);
  } catch {
    throw new Error(`Cannot find the package ${tool.package}: it is optional; run "npm install --include=optional"`);
  }
}

function lastLine(output: string): string {
  const line = output.trim().split('\n').at(-1)?.trim();
  return line ? `: ${line}` : '';
}

const ENDED_WELL = 'ended';

/** Runs node with these words; whatever is left of its group ends with it, and all of it with this process. */
function runGroup(
  words: readonly string[],
  { cwd, signal }: ProfileOptions,
): Promise<{ output: string; ending: string }> {
  // The tool dies with this process by itself; the guard kills what it has started.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, ...words], {
    cwd,
    // Nobody is asked for consent, and nothing is sent.
    env: { ...processEnvironment(), NO_INSIGHT: '1', NO_UPDATE_NOTIFIER: '1' },
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
  }, PROFILE_TIMEOUT_MS);
  if (signal.aborted) kill();
  signal.addEventListener('abort', kill, { once: true });
  return new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`cannot start (${error.message})`));
    child.once('exit', (code, by) => {
      kill();
      if (late) resolve(`gave no result within ${PROFILE_TIMEOUT_MS / 1000} s`);
      else resolve(code === 0 ? ENDED_WELL : by ? `was killed with ${by}` : `ended with exit code ${code}`);
    });
  })
    .then((ending) => ({ output, ending }))
    .finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
      release();
    });
}
