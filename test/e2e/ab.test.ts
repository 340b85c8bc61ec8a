// Two versions measured in turn: modules and commands of two revisions, two addons, and versions that cannot be.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LaunchRecord } from '../../src/samples/index.js';
import { buildAddon, type Finished, forgebench, makeProject, plant, useOwnCache } from './project.js';

interface Comparison {
  benchmarks: { id: string; verdict: string; ratio: number; launches: { base: number; head: number } }[];
  onlyIn: { base: string[]; head: string[] };
  base: { version: string; commit: string | null };
}

const project = makeProject();
const removeCache = useOwnCache();
afterAll(() => {
  removeCache();
  project.remove();
});

const ab = (...args: string[]) =>
  forgebench(['ab', ...args, '--seed', '1', '--budget', '30s', '--no-explain'], project.folder);
const comparisonOf = ({ stdout }: Finished) => JSON.parse(stdout) as Comparison;
const verdicts = (finished: Finished) =>
  Object.fromEntries(comparisonOf(finished).benchmarks.map(({ id, verdict }) => [id, verdict]));
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: project.folder });
const newestRun = () => {
  const runs = join(project.folder, '.forgebench/runs');
  return join(runs, readdirSync(runs).sort().at(-1) as string);
};

const MODULE = `why: 'Is a slower module found?', operation: 'one sum', category: 'micro', module:`;
const DEFINITIONS = (extra = '') => `import { suite } from 'forgebench';
suite('js')
  .benchmark('sum', { ${MODULE} { file: './sum.mjs', export: 'sum' } })
  .benchmark('calm', { ${MODULE} { file: './sum.mjs', export: 'calm' } })${extra};
suite('command').benchmark('count', {
  why: 'Is a slower command found?', operation: 'one execution', category: 'integration',
  command: { run: ['sh', 'count.sh'] },
});
`;
const SUM = (
  turns: number,
) => `const work = (turns) => { let sum = 0; for (let i = 0; i < turns; i++) sum = (sum * 31 + i) | 0; return sum; };
const verify = (value) => { if (!Number.isInteger(value)) throw new Error('no sum'); };
export const sum = () => ({ run: () => work(${turns}), verify });
export const calm = () => ({ run: () => work(20000), verify });
`;
const COUNT = (turns: number) => `i=0; while [ $i -lt ${turns} ]; do i=$((i+1)); done\n`;
const plantVersion = (turns: number, extra = '') =>
  plant(project.folder, {
    '.gitignore': '.forgebench\n*.node\n',
    'forgebench.config.ts': 'export default { measure: "60ms", warmUp: "30ms", samples: 10 };\n',
    'benches/work.bench.ts': DEFINITIONS(extra),
    'benches/sum.mjs': SUM(turns),
    'benches/count.sh': COUNT(turns),
  });

beforeAll(() => {
  plantVersion(20_000);
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  plantVersion(60_000, `\n  .benchmark('added', { ${MODULE} { file: './sum.mjs', export: 'calm' } })`);
});

describe('a revision against the folder as it is', () => {
  let finished: Finished;
  beforeAll(async () => {
    finished = await ab('--base', 'git:.@HEAD', '--head', 'path:.', '--launches', '8', '--json', '--output', 'ab.md');
  }, 120_000);

  it('finds the module and the command that became slower, leaves the other alone, and ends with 1', () => {
    expect(verdicts(finished), finished.stderr).toMatchObject({
      'js/sum': 'slower',
      'command/count': 'slower',
      'js/calm': expect.stringMatching(/same|unclear/),
    });
    expect(finished.code).toBe(1);
    expect(comparisonOf(finished).benchmarks.find(({ id }) => id === 'js/sum')?.ratio).toBeGreaterThan(2);
  });

  it('does not take the code of one side for that of the other', () => {
    expect(JSON.parse(finished.stdout)).toMatchObject({ sameCode: [] });
  });

  it('names the cases that only one side has, and the commit', () => {
    expect(comparisonOf(finished).onlyIn).toEqual({ base: [], head: ['js/added'] });
    expect(comparisonOf(finished).base).toMatchObject({
      version: 'git:.@HEAD',
      commit: expect.stringMatching(/^\w{12}$/),
    });
    expect(readFileSync(join(project.folder, 'ab.md'), 'utf8')).toContain('git:.@&#8203;HEAD');
  });

  it('launches both sides of a case beside each other, in the order A B B A', () => {
    const journal = readFileSync(join(newestRun(), 'launches.jsonl'), 'utf8').trim().split('\n');
    const records = journal.map((line) => JSON.parse(line) as LaunchRecord);
    for (let first = 0; first < records.length; first += 2)
      expect(records[first + 1]).toMatchObject({
        caseId: records[first]?.caseId,
        side: records[first]?.side === 'base' ? 'head' : 'base',
      });
    const order = records.filter(({ caseId }) => caseId === 'js/sum').map(({ side }) => side);
    for (let block = 0; block + 4 <= order.length; block += 4) {
      const [a, b] = order.slice(block, block + 2);
      expect(order.slice(block, block + 4)).toEqual([a, b, b, a]);
    }
  });

  it('is shown again by "report", and its sides are runs that "compare" takes', async () => {
    const run = newestRun();
    const again = await forgebench(['report', '--json'], project.folder);
    expect(JSON.parse(again.stdout).benchmarks).toEqual(JSON.parse(finished.stdout).benchmarks);
    expect((await forgebench(['compare', join(run, 'base.json'), join(run, 'head.json')], project.folder)).code).toBe(
      1,
    );
    expect(await forgebench(['compare', run, run], project.folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('it measured two versions; name base.json or head.json in it'),
    });
  });

  it('leaves the repository as it was', () => {
    expect(String(git('status', '--porcelain')).trim().split('\n').sort()).toEqual(
      ['?? ab.md', 'M benches/count.sh', ' M benches/sum.mjs', ' M benches/work.bench.ts'].sort(),
    );
  });
});

describe('settling', () => {
  it('launches unclear cases alone again, and keeps what it added in plan and journal', async () => {
    const finished = await ab(
      '--base',
      'git:.@HEAD',
      '--head',
      'path:.',
      'js/sum',
      '--launches',
      '5',
      '--settle',
      '--json',
    );
    expect(finished.stderr).toContain('Settling 1 case with');
    expect(comparisonOf(finished).benchmarks).toMatchObject([{ id: 'js/sum', verdict: 'slower' }]);
    const [{ launches }] = comparisonOf(finished).benchmarks as [Comparison['benchmarks'][number]];
    // Ten duets are enough where all of them agree.
    expect([10, 15]).toContain(launches.base);
    expect(launches.head).toBe(launches.base);
    expect(JSON.parse(readFileSync(join(newestRun(), 'plan.json'), 'utf8')).plan.requests).toHaveLength(
      2 * launches.base,
    );
  }, 120_000);
});

describe('versions that run the same code', () => {
  it('are the same, and not measured', async () => {
    const finished = await ab('--base', 'git:.@HEAD', '--head', 'git:.@HEAD^0', '--json');
    expect(finished.code, finished.stderr).toBe(0);
    expect(verdicts(finished)).toEqual({ 'js/sum': 'same', 'js/calm': 'same', 'command/count': 'same' });
    expect(readFileSync(join(newestRun(), 'launches.jsonl'), 'utf8')).toBe('');
  });

  it('are measured where that is asked for', async () => {
    const finished = await ab(
      '--base',
      'git:.@HEAD',
      '--head',
      'git:.@HEAD^0',
      'js/calm',
      '--measure-identical',
      '--launches',
      '3',
      '--json',
    );
    expect(comparisonOf(finished).benchmarks).toMatchObject([{ id: 'js/calm', launches: { base: 3, head: 3 } }]);
  });
});

describe('a target that the head misses', () => {
  it('fails the gate and is named', async () => {
    const file = join(project.folder, 'benches/work.bench.ts');
    const definitions = readFileSync(file, 'utf8');
    plant(project.folder, {
      'benches/work.bench.ts': definitions.replace("export: 'calm' } }", "export: 'calm' }, targets: ['p50 < 1 ns'] }"),
    });
    const finished = await ab('--base', 'git:.@HEAD', '--head', 'path:.', 'js/calm', '--launches', '3', '--json');
    plant(project.folder, { 'benches/work.bench.ts': definitions });
    expect(finished.stderr).toContain('Missed by head: js/calm: p50 < 1 ns');
    expect(finished.code).toBe(1);
  });
});

describe('two addons', () => {
  beforeAll(() => {
    const [old, slow] = ['old.node', 'slow.node'].map((name) => join(project.folder, name)) as [string, string];
    buildAddon('paced-addon', slow, ['slow']);
    buildAddon('paced-addon', old);
    copyFileSync(old, join(project.folder, 'copy.node'));
    const benchmark = (name: string) =>
      `.benchmark('${name}', { why: 'Is a slower addon found?', operation: 'one sum', category: 'micro' })`;
    plant(project.folder, {
      'benches/paced.bench.ts': `import { suite } from 'forgebench';
suite('paced', { addon: '../old.node' })${benchmark('steady')}${benchmark('paced')};
`,
    });
  }, 600_000);
  afterAll(() => rmSync(join(project.folder, 'benches/paced.bench.ts')));

  it('are compared by the workloads that they list', async () => {
    const finished = await ab('--base', 'old.node', '--head', 'slow.node', '--launches', '5', '--json');
    expect(verdicts(finished), finished.stderr).toEqual({
      'paced/paced': 'slower',
      'paced/steady': expect.stringMatching(/same|unclear/),
    });
    expect(finished.code).toBe(1);
  }, 60_000);

  it('are recognised where one is a copy of the other', async () => {
    const finished = await ab('--base', 'old.node', '--head', 'copy.node', '--all');
    expect(finished.code).toBe(0);
    expect(finished.stdout).toContain('Not measured, because both versions run the same code: 2 cases.');
  });
});

describe('a version that cannot be used', () => {
  it.each([
    [['--base', '1.x', '--head', 'path:.'], 'Cannot use the version "1.x": write 0.7.0'],
    [['--base', 'path:nowhere', '--head', 'path:.'], 'is no folder; check the path'],
    [['--base', 'git:.@no-such-branch', '--head', 'path:.'], 'Cannot use revision "no-such-branch" of'],
    [['--base', 'git:.', '--head', 'path:.'], 'it names no revision'],
    [['--base', 'none.node', '--head', 'path:.'], 'does not exist; build it'],
    [['--base', 'git:.@HEAD', '--head', 'path:.', 'js/added'], 'no case is in both versions'],
    [['--base', 'git:.@HEAD', '--head', 'path:.', '--build', 'exit 7'], 'Cannot build the version'],
  ])('is refused before anything is measured: %j', async (args, message) => {
    const runs = readdirSync(join(project.folder, '.forgebench/runs'));
    const { code, stderr } = await ab(...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(readdirSync(join(project.folder, '.forgebench/runs'))).toEqual(runs);
  });

  it('ends with 3 where a case fails, and says in which version and why', async () => {
    plant(project.folder, { 'benches/sum.mjs': SUM(20_000).replace('return sum;', 'return 0.5;') });
    const { code, stdout } = await ab('--base', 'git:.@HEAD', '--head', 'path:.', 'js/calm', '--launches', '3');
    expect(code).toBe(3);
    expect(stdout).toContain('Failed in head: js/calm: ');
  });

  it('is built in its own folder where a command is given', async () => {
    const finished = await ab(
      '--base',
      'git:.@HEAD',
      '--head',
      'path:.',
      'js/calm',
      '--build',
      'touch was-built',
      '--launches',
      '3',
    );
    expect(finished.stderr).toContain('Building git:.@HEAD: touch was-built');
    expect(existsSync(join(project.folder, 'was-built'))).toBe(false);
  });
});
