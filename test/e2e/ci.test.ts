// A rehearsal: pull requests of a user's project on a local repository, and a local server that speaks GitHub's API.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GithubServer, startGithub } from '../ci/github-server.js';
import { type Finished, makeProject, plant, ROOT } from './project.js';

const project = makeProject();
const cache = mkdtempSync(join(tmpdir(), 'forgebench-cache-'));
let server: GithubServer;
beforeAll(async () => {
  server = await startGithub();
});
afterAll(async () => {
  await server.close();
  project.remove();
  rmSync(cache, { recursive: true, force: true });
});

const at = (path: string) => join(project.folder, path);
const identity = ['-c', 'user.name=someone', '-c', 'user.email=someone@example.org'];
const git = (...args: string[]) =>
  execFileSync('git', [...identity, ...args], { cwd: project.folder, encoding: 'utf8', stdio: 'pipe' }).trim();

const BENCH = `import { suite } from 'forgebench';
suite('js').benchmark('text', {
  why: 'Which function became slower?', operation: 'one text', category: 'micro',
  module: { file: './text.mjs', export: 'text' },
});
`;
/** Two functions that take equally long on main. */
const TEXT = (turns: number) => `
export function readWords(turns) { let sum = 1; for (let i = 0; i < turns; i++) sum = (sum * 31 + i) % 1000003; return sum; }
export function countWords(turns) { let sum = 1; for (let i = 0; i < turns; i++) sum = (sum * 37 + i) % 1000003; return sum; }
export const text = () => ({ run: () => readWords(40000) + countWords(${turns}), verify() {} });
`;
const commit = (message: string) => {
  git('add', '.');
  git('commit', '--quiet', '-m', message);
  return git('rev-parse', 'HEAD');
};

let base: string;
beforeAll(() => {
  git('init', '--quiet', '-b', 'main');
  plant(project.folder, { '.gitignore': '.forgebench\n', 'README.md': '# Texts\n' });
  commit('begin');
  plant(project.folder, {
    'forgebench.config.ts': 'export default { measure: "60ms", warmUp: "30ms", samples: 10 };\n',
    'benches/text.bench.ts': BENCH,
    'benches/text.mjs': TEXT(40_000),
  });
  base = commit('add benchmarks');
  git('checkout', '--quiet', '-b', 'slow');
  plant(project.folder, { 'benches/text.mjs': TEXT(56_000) });
  commit('count words twice as carefully');
  git('checkout', '--quiet', '-b', 'docs', 'main');
  plant(project.folder, { 'README.md': '# Texts\n\nCounts them.\n' });
  commit('say what it does');
});

interface Step {
  branch: string;
  /** Of the run; grows. */
  run: number;
  event?: string;
  baseSha?: string;
  fork?: boolean;
  token?: string;
}

/** Starts the step of a workflow on a branch, as GitHub Actions would. */
function startStep(
  { branch, run, event: name = 'pull_request', baseSha = base, fork, token = 'secret' }: Step,
  args: readonly string[],
) {
  git('checkout', '--quiet', branch);
  const repo = { full_name: fork ? 'you/project' : 'me/project' };
  const event = {
    pull_request: {
      number: 7,
      base: { ref: 'main', sha: baseSha, repo: { full_name: 'me/project' } },
      head: { ref: branch, sha: git('rev-parse', 'HEAD'), repo },
    },
  };
  plant(project.folder, {
    '.forgebench/event.json': JSON.stringify(name === 'pull_request' ? event : {}),
    '.forgebench/summary.md': '',
  });
  const env = {
    ...process.env,
    XDG_CACHE_HOME: cache,
    GITHUB_REPOSITORY: 'me/project',
    GITHUB_EVENT_NAME: name,
    GITHUB_REF_NAME: branch,
    GITHUB_EVENT_PATH: at('.forgebench/event.json'),
    GITHUB_STEP_SUMMARY: at('.forgebench/summary.md'),
    GITHUB_API_URL: server.url,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_RUN_ID: String(run),
    GITHUB_TOKEN: token,
  };
  const child = spawn(process.execPath, [join(ROOT, 'bin/forgebench.mjs'), 'ci', ...args], {
    cwd: project.folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const finished = new Promise<Finished>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
  );
  return { child, finished };
}

const ci = (step: Step, ...args: string[]) => startStep(step, args).finished;

describe('a branch that makes a function slower', () => {
  let finished: Finished;
  let comment: string;
  beforeAll(async () => {
    finished = await ci({ branch: 'slow', run: 1 }, '--budget', '40s');
    comment = server.comments[0]?.body ?? '';
  }, 300_000);

  it('fails, and its comment names the case, the interval and the function', () => {
    expect(finished.code, finished.stderr).toBe(1);
    expect(comment).toContain('**Slower, and not surely by less than 5 %: `js/text`.**');
    expect(comment).toMatch(/\| `js\/text` \| \*\*slower\*\* \| \+\d+ % \| \+[\d.]+ % … \+[\d.]+ % \|/);
    expect(comment).toMatch(/\*\*Why slower:\*\* `js\/text`.*\n\n- \\?\+.*: countWords/);
  });

  it('says about the 20 % that were planted, in an interval that is clear of the tolerance', () => {
    const { benchmarks } = JSON.parse(readFileSync(at('.forgebench/ci/comparison.json'), 'utf8'));
    const [{ ratio, low }] = benchmarks as [{ ratio: number; low: number }];
    expect(ratio).toBeGreaterThan(1.13);
    expect(ratio).toBeLessThan(1.27);
    expect(low).toBeGreaterThan(1.05);
  });

  it('links the differential flame graph, which lies among the files of the run', () => {
    const [, link, page] = /\[Differential flame graph\]\(<(.*)>\): `(.*)`/.exec(comment) ?? [];
    expect(link).toBe('https://github.example/me/project/actions/runs/1#artifacts');
    expect(readFileSync(at(`.forgebench/ci/${page}`), 'utf8')).toContain('countWords');
  });

  it('has the same in the summary, an annotation at the line of the function, JUnit and HTML', () => {
    expect(readFileSync(at('.forgebench/summary.md'), 'utf8')).toContain('js/text');
    expect(finished.stdout).toMatch(/^::error .*title=js\/text is slower::\+.*countWords/m);
    expect(readFileSync(at('.forgebench/ci/junit.xml'), 'utf8')).toContain('failures="1"');
    expect(existsSync(at('.forgebench/ci/comparison.html'))).toBe(true);
  });
});

describe('a branch with documentation alone', () => {
  it('gets a quiet all-clear in the same comment, without a launch', async () => {
    const before = server.comments.length;
    const finished = await ci({ branch: 'docs', run: 2 });
    expect(finished.code, finished.stderr).toBe(0);
    expect(server.comments).toHaveLength(Math.max(1, before));
    const { body = '' } = server.comments[0] ?? {};
    expect(body).toContain('## Benchmarks: all clear');
    expect(body).toContain('nothing that runs has changed: `README.md`');
    expect(body.split('\n').length).toBeLessThan(6);
    expect(finished.stdout).not.toContain('::error');
  });
});

describe('a pull request from a fork', () => {
  it('is checked, and told in the summary where its token may not write', async () => {
    server.faults.push({ status: 403, message: 'Resource not accessible by integration' });
    const finished = await ci({ branch: 'docs', run: 3, fork: true });
    expect(finished.code).toBe(0);
    expect(finished.stdout).toMatch(/::notice .*No comment was written.*from a fork gets a token that may only read/);
    expect(readFileSync(at('.forgebench/summary.md'), 'utf8')).toContain('all clear');
    expect(readFileSync(at('.forgebench/ci/comment.md'), 'utf8')).toContain('all clear');
  });

  it('is checked without a token too', async () => {
    const requests = server.requests.length;
    const finished = await ci({ branch: 'docs', run: 3, fork: true, token: '' });
    expect(finished.code).toBe(0);
    expect(finished.stdout).toContain('there is no GITHUB_TOKEN');
    expect(server.requests).toHaveLength(requests);
  });
});

describe('a base that cannot be compared with', () => {
  beforeEach(() => {
    server.comments.length = 0;
  });

  it('because it has no benchmarks passes with a warning', async () => {
    const finished = await ci({ branch: 'main', run: 4, baseSha: git('rev-parse', 'main~1') });
    expect(finished.code, finished.stderr).toBe(0);
    expect(finished.stdout).toContain('::warning ');
    expect(server.comments[0]?.body).toContain('## Benchmarks: nothing to compare with');
  });

  it('because nobody has the commit is refused with what to write', async () => {
    const finished = await ci({ branch: 'slow', run: 5, baseSha: 'e'.repeat(40) });
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain('set "fetch-depth: 0" of actions/checkout');
  });
});

describe('a job that is cancelled', () => {
  it('ends with 130 and leaves the comment as it was', async () => {
    const before = server.requests.length;
    const { child, finished } = startStep({ branch: 'slow', run: 6 }, ['--budget', '60s', '--thorough']);
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.includes('Measuring') || chunk.includes('js/text')) child.kill('SIGINT');
    });
    expect(await finished).toMatchObject({ code: 130, stderr: expect.stringContaining('The job was cancelled') });
    expect(server.requests).toHaveLength(before);
  }, 120_000);
});

describe('a push to the main branch', () => {
  it('names its run after the branch, and hands the history on in a file', async () => {
    const push = { branch: 'main', event: 'push' };
    const args = ['--history', '.forgebench/history.jsonl', '--launches', '2'];
    const first = await ci({ ...push, run: 7 }, ...args);
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toContain('it begins with this run');
    const lines = () => readFileSync(at('.forgebench/history.jsonl'), 'utf8').trim().split('\n');
    expect(lines()).toHaveLength(1);
    expect(existsSync(at('.forgebench/baselines/main/run.json'))).toBe(true);
    // The next job starts on a machine that has nothing but the file.
    for (const left of ['runs', 'baselines', 'forgebench.db']) rmSync(at(`.forgebench/${left}`), { recursive: true });
    const second = await ci({ ...push, run: 8 }, ...args);
    expect(second.code, second.stderr).toBe(0);
    expect(lines().map((line) => JSON.parse(line).id)).toHaveLength(2);
    expect(second.stderr).not.toContain('No earlier run was made on such a machine');
  }, 180_000);

  it('is told from a machine that the history does not know', async () => {
    const file = at('.forgebench/history.jsonl');
    const runs = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const elsewhere = runs.map((run) => ({ ...run, environment: { ...run.environment, fingerprint: 'f'.repeat(64) } }));
    plant(project.folder, {
      '.forgebench/history.jsonl': `${elsewhere.map((run) => JSON.stringify(run)).join('\n')}\n`,
    });
    for (const left of ['runs', 'baselines', 'forgebench.db']) rmSync(at(`.forgebench/${left}`), { recursive: true });
    const args = ['--history', '.forgebench/history.jsonl', '--launches', '2'];
    const finished = await ci({ branch: 'main', event: 'push', run: 9 }, ...args);
    expect(finished.stderr).toContain('No earlier run was made on such a machine');
  }, 180_000);
});

describe('an event that asks for nothing', () => {
  it('is refused with the events that do', async () => {
    const finished = await ci({ branch: 'main', event: 'issues', run: 10 });
    expect(finished).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"pull_request", "push" or "schedule"'),
    });
  });
});
