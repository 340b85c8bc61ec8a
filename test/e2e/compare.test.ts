// Baselines and comparisons of runs that the real program made.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgebench, makeProject, plant } from './project.js';

const project = makeProject();
afterAll(() => project.remove());

const run = (...args: string[]) => forgebench(args, project.folder);
const MEASURE = ['run', '--launches', '5', '--budget', '12s', '--seed', '1'];
const plantWork = (turns: number) =>
  plant(project.folder, {
    'forgebench.config.ts': 'export default { measure: "60ms", warmUp: "30ms", samples: 10, memoryLaunches: 0 };\n',
    'benches/work.bench.ts': `import { suite } from 'forgebench';
const module = (name) => ({ file: './work.mjs', export: name });
suite('work')
  .benchmark('add', { why: 'Does a comparison see it?', operation: 'one sum', category: 'micro', module: module('add') })
  .benchmark('calm', { why: 'Is a case that did not change left alone?', operation: 'one sum', category: 'micro', module: module('calm') });
`,
    'benches/work.mjs': `const sum = (turns) => { let sum = 0; for (let i = 0; i < turns; i++) sum = (sum * 31 + i) | 0; return sum; };
const verify = (value) => { if (!Number.isInteger(value)) throw new Error('no sum'); };
export const add = () => ({ run: () => sum(${turns}), verify });
export const calm = () => ({ run: () => sum(20000), verify });
`,
  });

describe('a baseline', () => {
  let slower: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    plantWork(20_000);
    expect(await run(...MEASURE, '--save-baseline', 'main')).toMatchObject({ code: 0 });
    plantWork(80_000);
    slower = await run(...MEASURE, '--baseline', 'main', '--output', 'head.json');
  });

  it('is compared with, and ends with 1 where a case is slower', () => {
    // A machine that drifts between two runs may move the other one as well, but not beyond the tolerance.
    expect(slower.stdout).toMatch(/2 cases: [12] slower/);
    expect(slower.stdout).toMatch(/work\/add\s+│ slower/);
    expect(slower.code).toBe(1);
  });

  it('gives more launches to what is unclear where it is asked to settle', async () => {
    const settled = await run(...MEASURE, 'work/add', '--baseline', 'main', '--settle', '--output', 'settled.json');
    expect(settled.stderr).toContain('Settling 1 case with more launches');
    expect(settled.code).toBe(1);
    expect(JSON.parse(readFileSync(join(project.folder, 'settled.json'), 'utf8')).summaries).toMatchObject([
      { caseId: 'work/add', launches: { time: 15 } },
    ]);
    expect((await run('run', '--settle')).stderr).toContain('Cannot use --settle alone: add --baseline');
  }, 60_000);

  it('is listed, shown, and removed', async () => {
    expect((await run('baseline', 'list')).stdout).toMatch(/^main {2}run \S+, 2 cases, saved /);
    expect((await run('baseline', 'show', 'main')).stdout).toContain('work');
    expect((await run('baseline', 'save', 'other', 'head.json')).code).toBe(0);
    expect((await run('baseline', 'remove', 'other')).code).toBe(0);
    expect(await run('baseline', 'remove', 'other')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Cannot remove the baseline "other": there is none of that name'),
    });
    expect((await run('baseline', 'show', 'other')).stderr).toMatch(/there is none of that name; there are main\n/);
    expect((await run('baseline', 'save', '../x', 'head.json')).stderr).toContain('as the name of a baseline');
  });

  it('is compared again from files, in the format of the ending', async () => {
    const { code, stdout } = await run('compare', 'main', 'head.json', '--json', '--output', 'junit.xml');
    expect(code).toBe(1);
    const { benchmarks } = JSON.parse(stdout) as { benchmarks: { id: string; verdict: string; ratio: number }[] };
    expect(benchmarks.find(({ id }) => id === 'work/add')?.verdict).toBe('slower');
    expect(benchmarks.find(({ id }) => id === 'work/add')?.ratio).toBeGreaterThan(1.5);
    expect(readFileSync(join(project.folder, 'junit.xml'), 'utf8')).toContain('failures="1"');
    expect((await run('compare', 'main', 'head.json', '--tolerance', '0.99')).code).toBeLessThanOrEqual(1);
    expect((await run('compare', 'head.json', 'main')).code).toBe(0);
    expect((await run('compare', 'main', 'main')).stderr).toMatch(/^Base and head are the same run, \S+: name another/);
  });

  it('is refused where machines differ, unless that is asked for', async () => {
    const record = JSON.parse(readFileSync(join(project.folder, 'head.json'), 'utf8'));
    record.environment.node = '18.0.0';
    writeFileSync(join(project.folder, 'elsewhere.json'), JSON.stringify(record));
    const refused = await run('compare', 'main', 'elsewhere.json');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /they differ in node \(20\.\S+ against 18\.0\.0\); measure both alike, or add --across/,
    );
    const allowed = await run('compare', 'main', 'elsewhere.json', '--across-machines');
    expect(allowed.code).toBe(1);
    expect(allowed.stdout).toContain('The runs differ in node');
  });

  it('is named with what there is where it is not there, before anything is measured', async () => {
    const { code, stderr } = await run(...MEASURE, '--baseline', 'mian');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^Cannot compare with "mian": there is no such run, baseline, folder or file; .*baselines: main$/m,
    );
    expect(await run('compare', 'main', 'main', '--output', 'x.pdf')).toMatchObject({ code: 2 });
  });
});
