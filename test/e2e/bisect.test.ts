// The commit that changed a case: found among others in a repository of its own, and what is said where there is none.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BisectionReport } from '../../src/report/index.js';
import { type Finished, forgebench, makeProject, plant, start, useOwnCache, waitFor } from './project.js';

const project = makeProject();
const removeCache = useOwnCache();
afterAll(() => {
  removeCache();
  project.remove();
});

const FLAGS = ['--seed', '1', '--budget', '30s'];
const bisect = (...args: string[]) => forgebench(['bisect', ...args, ...FLAGS], project.folder);
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
    cwd: project.folder,
    encoding: 'utf8',
  }).trim();
const commit = (subject: string, files: Record<string, string>) => {
  plant(project.folder, files);
  git('add', '.');
  git('commit', '--quiet', '-m', subject);
  return git('rev-parse', 'HEAD');
};

const DEFINITIONS = `import { suite } from 'forgebench';
const of = (name: string) => ({ why: 'Is the commit found?', operation: 'one sum', category: 'micro' as const,
  module: { file: './sum.mjs', export: name } });
suite('js').benchmark('sum', of('sum')).benchmark('calm', of('calm'));
`;
const SUM = (turns: string, note: string) => `// ${note}
const work = (turns) => { let sum = 0; for (let i = 0; i < turns; i++) sum = (sum * 31 + i) | 0; return sum; };
const verify = (value) => { if (!Number.isInteger(value)) throw new Error('no sum'); };
export const sum = () => ({ run: () => work(${turns}), verify });
export const calm = () => ({ run: () => work(20000), verify });
`;

const commits: Record<string, string> = {};
beforeAll(() => {
  git('init', '--quiet');
  commits.first = commit('first', {
    '.gitignore': '.forgebench\n*.md\n*.json\n',
    'forgebench.config.ts': 'export default { measure: "60ms", warmUp: "30ms", samples: 10 };\n',
    'benches/work.bench.ts': DEFINITIONS,
    'benches/sum.mjs': SUM('20000', 'first'),
  });
  commits.words = commit('words alone', { notes: 'nothing runs this\n' });
  commits.second = commit('tidy up', { 'benches/sum.mjs': SUM('20000', 'second') });
  commits.broken = commit('break the definitions', { 'benches/work.bench.ts': 'export default (;\n' });
  commits.mended = commit('mend them', { 'benches/work.bench.ts': DEFINITIONS });
  commits.slow = commit('sum twice as much', { 'benches/sum.mjs': SUM('40000', 'second') });
  commits.third = commit('tidy up again', { 'benches/sum.mjs': SUM('40000', 'third') });
  commits.last = commit('last', { 'benches/sum.mjs': SUM('40000', 'last') });
  git('checkout', '--quiet', '-b', 'other', commits.second);
  commit('break them elsewhere', { 'benches/work.bench.ts': 'export default (;\n' });
  commit('mend them, and sum twice as much', {
    'benches/work.bench.ts': DEFINITIONS,
    'benches/sum.mjs': SUM('40000', 'second'),
  });
  git('checkout', '--quiet', '-');
});

describe('a history of eight commits of which one makes a case twice as slow', () => {
  let finished: Finished;
  beforeAll(async () => {
    finished = await bisect('--good', commits.first as string, '--bad', 'HEAD', 'js/sum', '--json', '--output', 'b.md');
  }, 400_000);
  const report = () => JSON.parse(finished.stdout) as BisectionReport;

  it('finds it, with at least the confidence, and ends with 0', () => {
    expect(finished.code, finished.stderr).toBe(0);
    const [best] = report().suspects;
    expect(best?.commits).toEqual([
      {
        hash: commits.slow,
        subject: 'sum twice as much',
        author: 'Ada',
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        parents: 1,
      },
    ]);
    expect(best?.probability).toBeGreaterThanOrEqual(0.95);
    expect(report()).toMatchObject({ outcome: 'found', caseId: 'js/sum', commits: 7 });
  });

  it('needs fewer comparisons than there are commits, and says how many are left', () => {
    expect(report().comparisons).toBeLessThan(7);
    expect(finished.stderr).toMatch(/Comparison 1, about \d left, 7 commits likely/);
  });

  it('measures it beside the commit before it, and draws the differential flame graph of both', () => {
    const { step } = report();
    expect(step?.before.hash).toBe(commits.mended);
    const [change] = step?.comparison.cases ?? [];
    expect(change?.verdict).toBe('slower');
    expect(change?.low).toBeLessThan(2.1);
    expect(change?.high).toBeGreaterThan(1.6);
    const page = step?.comparison.explanations?.[0]?.page as string;
    expect(readFileSync(join(project.folder, page), 'utf8')).toContain('work');
  });

  it('says the same in Markdown', () => {
    const text = readFileSync(join(project.folder, 'b.md'), 'utf8');
    expect(text).toContain('## Bisection: `js/sum`');
    expect(text).toContain(`**\`${commits.slow?.slice(0, 12)}\`** sum twice as much`);
    expect(text).toMatch(/Differential flame graph: `.*flame\.html`/);
  });

  it('leaves the repository as it was', () => {
    expect(git('status', '--porcelain')).toBe('');
    expect(git('rev-parse', 'HEAD')).toBe(commits.last);
  });
});

describe('a commit that cannot be measured', () => {
  it('is skipped and named, and stays a suspect where it stands right before the change', async () => {
    const range = ['--good', commits.second as string, '--bad', 'other'];
    const finished = await bisect(...range, 'js/sum', '--json', '--no-explain');
    expect(finished.code, finished.stderr).toBe(0);
    const report = JSON.parse(finished.stdout) as BisectionReport;
    expect(report.suspects.map(({ commits }) => commits.map(({ subject }) => subject))).toEqual([
      ['break them elsewhere', 'mend them, and sum twice as much'],
    ]);
    expect(report.skipped).toEqual([
      {
        commit: expect.objectContaining({ subject: 'break them elsewhere' }),
        reason: expect.stringContaining('work.bench.ts'),
      },
    ]);
    expect(report.step?.before.hash).toBe(commits.second);
    expect(finished.stderr).toMatch(/Skipped \w{12} break them elsewhere: /);
  }, 300_000);
});

describe('what is no question for a search', () => {
  it('ends with 1 where good and bad do not differ', async () => {
    const finished = await bisect('--good', commits.first as string, '--bad', commits.words as string, 'js/calm');
    expect(finished).toMatchObject({ code: 1, stdout: expect.stringContaining('Good and bad do not differ') });
  }, 200_000);

  it.each([
    [['--good', 'HEAD', '--bad', 'HEAD', 'js/sum'], 'are one commit'],
    [['--good', 'HEAD', '--bad', 'HEAD~1', 'js/sum'], '"HEAD" comes after "HEAD~1"'],
    [['--good', 'HEAD~1', '--bad', 'nowhere', 'js/sum'], 'Cannot use revision "nowhere"'],
    [['--good', 'HEAD~1', '--bad', 'HEAD', 'js/*'], 'has 2 such cases'],
    [['--good', 'HEAD~1', '--bad', 'HEAD', 'js/none'], 'no such case'],
    [['--good', 'HEAD~1', '--bad', 'HEAD', 'js/sum', '--confidence', '2'], 'Cannot use --confidence 2'],
    [['--good', 'HEAD~1', '--bad', 'HEAD', 'js/sum', '--output', 'b.html'], 'its ending must be one of .md, .json'],
  ])('ends with 2 and says why: %j', async (args, why) => {
    expect(await bisect(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(why) });
  });

  it('ends with what is known when it is interrupted', async () => {
    const range = ['--good', commits.first as string, '--bad', 'HEAD'];
    const { child, finished } = start(['bisect', ...range, 'js/sum', ...FLAGS], project.folder);
    let said = '';
    child.stderr?.on('data', (text: string) => {
      said += text;
    });
    await waitFor(() => said.includes('Comparison 1'), 120_000);
    child.kill('SIGINT');
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    expect(stdout).toContain('Interrupted after 0 comparisons over 7 commits');
    expect(stdout).toContain('bad against good: +');
    expect(existsSync(join(project.folder, '.forgebench/runs'))).toBe(true);
  }, 200_000);
});
