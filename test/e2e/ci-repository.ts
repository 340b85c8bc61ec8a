// A repository of a user's project with branches, and `forgebench ci` started on them as a workflow would, against a server on this
// machine that speaks GitHub's API.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GithubServer, startGithub } from '../ci/github-server.js';
import { stepEnvironment } from '../ci/step-environment.js';
import { type Finished, makeProject, plant, start } from './project.js';

export const BENCH = `import { suite } from 'forgebench';
suite('js').benchmark('text', {
  why: 'Which function became slower?', operation: 'one text', category: 'micro',
  module: { file: './text.mjs', export: 'text' },
});
`;

/** Two functions that take equally long with 40,000 turns. */
export const moduleOf = (turns: number) => `
export function readWords(turns) { let sum = 1; for (let i = 0; i < turns; i++) sum = (sum * 31 + i) % 1000003; return sum; }
export function countWords(turns) { let sum = 1; for (let i = 0; i < turns; i++) sum = (sum * 37 + i) % 1000003; return sum; }
export const text = () => ({ run: () => readWords(40000) + countWords(${turns}), verify() {} });
`;

/** A step of a workflow. */
export interface CiStep {
  branch: string;
  /** Of the run; grows. */
  run: number;
  event?: string;
  baseSha?: string;
  fork?: boolean;
  token?: string;
}

/** A repository with the branches `main`, `slow` (20 % slower) and `docs` (another README). */
export interface CiRepository {
  server: GithubServer;
  /** The commit of the main branch. */
  base: string;
  folder: string;
  at(path: string): string;
  git(...args: string[]): string;
  commit(message: string): string;
  startStep(step: CiStep, args: readonly string[]): ReturnType<typeof start>;
  /** Runs a step to its end. */
  ci(step: CiStep, ...args: string[]): Promise<Finished>;
  close(): Promise<void>;
}

/** Makes the repository and starts the server. */
export async function makeCiRepository(): Promise<CiRepository> {
  const { folder, remove } = makeProject();
  const cache = mkdtempSync(join(tmpdir(), 'forgebench-cache-'));
  const server = await startGithub();
  const identity = ['-c', 'user.name=someone', '-c', 'user.email=someone@example.org'];
  const git = (...args: string[]) =>
    execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
  const commit = (message: string) => {
    git('add', '.');
    git('commit', '--quiet', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  const base = makeBranches(folder, git, commit);
  const startStep: CiRepository['startStep'] = (step, args) => {
    git('checkout', '--quiet', step.branch);
    const { branch, run, event: name = 'pull_request', token = 'secret' } = step;
    const event = payloadOf(step, { base, head: git('rev-parse', 'HEAD') });
    const results = join(folder, '.forgebench');
    mkdirSync(results, { recursive: true });
    const env = stepEnvironment({ folder: results, event, name, branch, run, token, url: server.url });
    return start(['ci', ...args], folder, { ...env, XDG_CACHE_HOME: cache });
  };
  const close = async () => {
    await server.close();
    remove();
    rmSync(cache, { recursive: true, force: true });
  };
  const at = (path: string) => join(folder, path);
  const ci: CiRepository['ci'] = (step, ...args) => startStep(step, args).finished;
  return { server, base, folder, at, git, commit, startStep, ci, close };
}

function makeBranches(folder: string, git: CiRepository['git'], commit: CiRepository['commit']): string {
  git('init', '--quiet', '-b', 'main');
  plant(folder, { '.gitignore': '.forgebench\n', 'README.md': '# Texts\n' });
  commit('begin');
  plant(folder, {
    'forgebench.config.ts': 'export default { measure: "60ms", warmUp: "30ms", samples: 10 };\n',
    'benches/text.bench.ts': BENCH,
    'benches/text.mjs': moduleOf(40_000),
  });
  const base = commit('add benchmarks');
  git('checkout', '--quiet', '-b', 'slow');
  plant(folder, { 'benches/text.mjs': moduleOf(56_000) });
  commit('count words twice as carefully');
  git('checkout', '--quiet', '-b', 'docs', 'main');
  plant(folder, { 'README.md': '# Texts\n\nCounts them.\n' });
  commit('say what it does');
  return base;
}

/** What GitHub says of the event. */
function payloadOf(
  { branch, event = 'pull_request', baseSha, fork }: CiStep,
  { base, head }: { base: string; head: string },
): object {
  if (event === 'workflow_run') return { workflow_run: { head_sha: head } };
  if (event !== 'pull_request') return {};
  const ours = { full_name: 'me/project' };
  return {
    pull_request: {
      number: 7,
      base: { ref: 'main', sha: baseSha ?? base, repo: ours },
      head: { ref: branch, sha: head, repo: fork ? { full_name: 'you/project' } : ours },
    },
  };
}
