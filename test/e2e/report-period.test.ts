// What a stretch of time brought: a module that became slower at a commit, measured commit by commit by the real program.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/store/index.js';
import { type Finished, forgebench, makeProject, plant } from './project.js';

const project = makeProject();
afterAll(() => project.remove());

const BENCH = `import { suite } from 'forgebench';
suite('js').benchmark('spin', {
  why: 'Which commit made spinning slower?', operation: 'one spin', category: 'integration',
  targets: ['p50 < 1 h', 'p50 < 1 ns'],
  module: { file: './spin.mjs', export: 'spin' },
});
`;
/** Spins until a moment on the clock: a busy machine stretches that far less than work. */
const SPIN = (ms: number) => `
export function spinFor(ms) { const end = performance.now() + ms; while (performance.now() < end); return end; }
export const spin = () => ({ run: () => spinFor(${ms}), verify() {} });
`;
const [FAST_MS, SLOW_MS] = [5, 150];
const FILES = {
  '.gitignore': '.forgebench/\n',
  'forgebench.config.ts':
    "export default { launches: 2, memoryLaunches: 0, samples: 3, warmUp: '5ms', measure: '20ms' };\n",
  'benches/spin.bench.ts': BENCH,
};
/** So many after a change make it one that lasts. */
const COMMITS_EACH = 5;

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
    cwd: project.folder,
    encoding: 'utf8',
  }).trim();
const report = (...args: string[]): Promise<Finished> => forgebench(['report', ...args], project.folder);

/** Commits the module that takes so long, and measures it; returns the commit. */
async function measure(ms: number, ...more: string[]): Promise<string> {
  plant(project.folder, { ...FILES, 'benches/spin.mjs': SPIN(ms) });
  git('add', '.');
  git('commit', '-q', '--allow-empty', '-m', `${ms} ms`);
  const { code, stderr } = await forgebench(['run', '--seed', '1', ...more], project.folder);
  expect(code, stderr).toBe(0);
  return git('rev-parse', '--short=10', 'HEAD');
}

interface Told {
  regressions: { caseId: string; status: string; magnitude: number; interval: { low: number; high: number } }[];
  suites: { suite: string; cases: number; slower: number }[];
}

describe('a report of a period', () => {
  let slowSince: string;
  beforeAll(async () => {
    git('init', '-q');
    const profiled = ['--profile', '--with', 'cpu'];
    await measure(FAST_MS, ...profiled);
    for (let commit = 1; commit < COMMITS_EACH; commit++) await measure(FAST_MS);
    slowSince = await measure(SLOW_MS, ...profiled);
    for (let commit = 1; commit < COMMITS_EACH; commit++) await measure(SLOW_MS);
  }, 600_000);

  it('names the commit that made the case slower, with size, interval, and that it lasts', async () => {
    const { code, stdout, stderr } = await report('--since', '1d');
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('10 runs of 10 commits on 1 machine: 1 regression (1 lasts), 0 improvements');
    expect(stdout).toMatch(
      new RegExp(`\\| \`js/spin\` \\| \\+\\S+ % \\| .* … .* → .* \\| ${slowSince} \\(.*\\| lasts \\|`),
    );
    const { regressions, suites } = JSON.parse((await report('--since', '1d', '--json')).stdout) as Told;
    expect(regressions).toMatchObject([{ caseId: 'js/spin', status: 'lasts' }]);
    expect(regressions[0]?.interval.low).toBeGreaterThan(2);
    expect(suites).toMatchObject([{ suite: 'js', cases: 1, slower: 1 }]);
  });

  it('counts the promises of the last run as that run has judged them', async () => {
    const runs = join(project.folder, '.forgebench', 'runs');
    const newest = readdirSync(runs).sort().at(-1) as string;
    const { summaries } = JSON.parse(readFileSync(join(runs, newest, 'run.json'), 'utf8')) as RunRecord;
    const statuses = summaries.flatMap(({ targets }) => targets.map(({ status }) => status));
    const of = (status: string) => statuses.filter((each) => each === status).length;
    expect(statuses).toHaveLength(2);
    expect((await report('--since', '1d')).stdout).toContain(
      `${of('met')} met, ${of('missed')} missed, ${of('unclear')} unclear in the last run, ${newest} (`,
    );
  });

  it('says why the case became slower, or why the profiles do not tell, and where work would pay', async () => {
    const { stdout } = await report('--since', '1d');
    // On a busy machine V8 samples at another pace each time.
    expect(stdout).toMatch(/### Why slower\n\n- `js\/spin`: .*(spinFor|captured in different ways)/);
    expect(stdout).toMatch(/\| `spinFor` \| [\d.]+ % \| `js\/spin` \| .*spin\.mjs/);
  });

  it('is a page without a script where HTML is asked for', async () => {
    expect(await report('--since', '1d', '--output', 'week.html')).toMatchObject({ code: 0, stdout: '' });
    const page = readFileSync(join(project.folder, 'week.html'), 'utf8');
    expect(page).toContain(`<td>${slowSince} (`);
    expect(page).not.toContain('<script');
  });

  it('says that nothing ran in a period without runs, and that an empty store is empty', async () => {
    const quiet = await report('--since', '1ms');
    expect(quiet).toMatchObject({ code: 0, stderr: '' });
    expect(quiet.stdout).toMatch(/No run started since .* UTC\. The last one was \S+, .* UTC\.\n$/);
    const empty = makeProject();
    const told = await forgebench(['report', '--since', '7d'], empty.folder).finally(empty.remove);
    expect(told.code).toBe(0);
    expect(told.stdout).toMatch(/The store ".*" has no runs\. Make one with "forgebench run"\.\n$/);
  });

  it.each([
    ['a time that is none', ['--since', 'soon'], /^Cannot use --since "soon": .* 24h, 7d or 2w, or a date/],
    ['a run beside it', ['x', '--since', '7d'], /^Cannot report "x" since 7d: name a run, or a time/],
    ['an ending that it cannot write', ['--since', '7d', '--output', 'a.csv'], /^Cannot write ".*a\.csv": its ending/],
  ])('refuses %s with what to do, and exit code 2', async (_, args, message) => {
    const { code, stderr, stdout } = await report(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
