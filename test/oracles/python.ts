// Python packages of fixed versions, which results are compared with: in an environment of their own, made once.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A program of Python that reads JSON and answers with JSON, or why there is none. */
export type Oracle = { ask: <Answer>(program: string, question: unknown) => Answer } | { missing: string };

/** Installing takes some seconds from a near registry, and may take minutes from a far one. */
export const INSTALL_TIMEOUT_MS = 600_000;

/**
 * Python with packages such as `scipy==1.17.1`.
 *
 * The environment lies in the user's cache, one for each list of packages. Where Python or the registry is missing the
 * answer says so; a test then skips itself visibly, and with `CI=true` an error is thrown instead.
 *
 * @throws Error where `CI=true` and the packages cannot be had
 */
export function pythonWith(packages: readonly string[]): Oracle {
  const environment = folderOf(packages);
  const problem = existsSync(environment) ? undefined : install(environment, packages);
  if (problem === undefined) return { ask: (program, question) => ask(environment, program, question) };
  const missing = `Cannot compare with ${packages.join(', ')}: ${problem}; install Python 3 with venv and let it reach PyPI`;
  if (process.env.CI === 'true') throw new Error(missing);
  return { missing };
}

function folderOf(packages: readonly string[]): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const name = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12);
  return join(cache, 'forgebench', 'oracles', name);
}

/** Makes the environment beside its place and moves it there, so that one that was interrupted is never taken for whole. */
function install(environment: string, packages: readonly string[]): string | undefined {
  const unfinished = `${environment}.${process.pid}`;
  mkdirSync(join(environment, '..'), { recursive: true });
  try {
    // Packages go to a folder of their own: an environment knows its own path, and could not be moved.
    const made = run('python3', ['-m', 'venv', `${unfinished}.pip`]);
    if (made !== undefined) return made;
    const pip = join(`${unfinished}.pip`, 'bin', 'python');
    const quiet = ['-q', '--disable-pip-version-check', '--no-warn-conflicts'];
    const failed = run(pip, ['-m', 'pip', 'install', ...quiet, '--target', unfinished, ...packages]);
    if (failed !== undefined) return failed;
    // Another test may have been quicker, and then its environment is as good.
    if (!existsSync(environment)) renameSync(unfinished, environment);
    return undefined;
  } finally {
    for (const folder of [unfinished, `${unfinished}.pip`]) rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: INSTALL_TIMEOUT_MS });
  if (status === 0) return undefined;
  return error?.message ?? (stderr.trim().split('\n').at(-1) || `${program} ended with ${status}`);
}

/** Runs a program whose variable `question` holds the question, and whose `answer` is the answer. */
function ask<Answer>(environment: string, program: string, question: unknown): Answer {
  const whole = `import json, sys\nquestion = json.load(sys.stdin)\n${program}\njson.dump(answer, sys.stdout)\n`;
  const seen: SpawnSyncReturns<string> = spawnSync('python3', ['-c', whole], {
    encoding: 'utf8',
    input: JSON.stringify(question),
    maxBuffer: 2 ** 28,
    env: { ...process.env, PYTHONPATH: environment, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  if (seen.status !== 0) throw new Error(`Cannot ask Python: ${seen.stderr || seen.error?.message}`);
  return JSON.parse(seen.stdout) as Answer;
}
