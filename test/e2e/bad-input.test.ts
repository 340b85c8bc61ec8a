// What the user may get wrong, and the disk: the real program says what is wrong, where, and what to do.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/store/index.js';
import { type Finished, forgebench, makeProject, plant } from './project.js';

const project = makeProject('plain');
afterAll(() => project.remove());

const run = (...args: string[]): Promise<Finished> => forgebench(args, project.folder);
const runs = (): string[] => {
  const folder = join(project.folder, '.forgebench/runs');
  return existsSync(folder) ? readdirSync(folder) : [];
};

/** Expects a refusal before anything was measured. */
async function expectRefusal(args: readonly string[], message: RegExp, folder = project.folder): Promise<void> {
  const before = runs();
  const { code, stdout, stderr } = await forgebench(args, folder);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe('');
  expect(code).toBe(2);
  expect(runs()).toEqual(before);
}

describe('a selection that nothing matches', () => {
  it.each([
    ['plain/sun', /^Cannot select "plain\/sun": no case matches it; did you mean "plain\/sum"\?/],
    ['plain/sum[length=11]', /did you mean "plain\/sum\[length=10\]"\?/],
    ['crate:plane', /did you mean "crate:plain"\?/],
    ['category:mikro', /did you mean "category:micro"\?/],
    ['zebra', /run "forgebench list" for all ids/],
  ])('suggests the nearest: %s', (select, message) => expectRefusal(['run', select], message));
});

describe('flags that make no sense', () => {
  it.each([
    [['run', '--launches', '-3'], /--launches -3: it must be a whole number from 1/],
    [['run', '--budget', '10q'], /"q" is no unit of time; write a number and ns/],
    [['run', '--seed', 'x'], /--seed x: it must be a whole number/],
    [['run', '--quick', '--thorough'], /'--quick' cannot be used with option '--thorough'/],
    [['run', '--with', 'cpu'], /Cannot use --with alone: add --profile/],
    [['run', '--profile', '--with', 'flam'], /Cannot profile with "flam"/],
    [['run', '--frobnicate'], /unknown option '--frobnicate'/],
    [['rum'], /unknown command 'rum'\n\(Did you mean run\?\)/],
    [['report', 'nope'], /Cannot report "nope": there is no such run, folder or file/],
  ])('are refused: %j', (args, message) => expectRefusal(args, message));
});

describe('an output that cannot be written', () => {
  it.each([
    ['none/run.json', /the folder ".*none" does not exist; make it first/],
    ['forgebench.config.ts/run.json', /is no folder; choose another path/],
    ['/proc/run.json', /the folder "\/proc" is not writable/],
    ['/dev/full', /its ending must be one of/],
    ['benches', /its ending must be one of/],
  ])('is refused before measuring: %s', (path, message) => expectRefusal(['run', '--output', path], message));

  it('is refused for profiles too', () =>
    expectRefusal(['profile', 'plain/sum', '--output', 'forgebench.config.ts/p'], /is no folder/));
});

describe('a project', () => {
  const HEAD = "import { suite } from 'forgebench';\n\n";
  const BENCHMARK =
    "why: 'Is what is wrong here found and named?', operation: 'one call', category: 'micro', module: { file: './w.mjs', export: 'w' }";
  const cases: [string, Record<string, string>, RegExp][] = [
    [
      'a definition with a syntax error',
      { 'benches/a.bench.ts': `${HEAD}suite('a').benchmark('b', {\n` },
      /a\.bench\.ts:4: Cannot read the file: .*end of file/,
    ],
    [
      'a definition with a wrong field',
      { 'benches/a.bench.ts': `${HEAD}suite('a').benchmark('b', { ${BENCHMARK}, scalling: 'x' });\n` },
      /a\.bench\.ts:3: Cannot read benchmark "a\/b":\n {2}"scalling" is no field of it; did you mean "scaling"\?; the fields are why, operation,/,
    ],
    [
      'a definition with a wrong value',
      { 'benches/a.bench.ts': `${HEAD}suite('a').benchmark('b', { ${BENCHMARK.replace('micro', 'mikro')} });\n` },
      /a\.bench\.ts:3: .*\n {2}category: Invalid option: expected one of "micro"\|"integration"\|"e2e"\|"memory"/,
    ],
    [
      'a definition with an unreadable target',
      { 'benches/a.bench.ts': `${HEAD}suite('a').benchmark('b', { ${BENCHMARK}, targets: ['p96 < 1 ms'] });\n` },
      /a\.bench\.ts:3: .*Cannot read target "p96 < 1 ms": .* one of p50, p95, p99/,
    ],
    [
      'a definition that throws',
      { 'benches/a.bench.ts': `${HEAD}const none: any = undefined;\nnone.thing();\n` },
      /a\.bench\.ts:4: Cannot load the file: Cannot read properties of undefined/,
    ],
    [
      'a definition whose package is missing',
      { 'benches/a.bench.ts': "import 'no-such-package';\n" },
      /a\.bench\.ts.*: Cannot load the file: Cannot find package 'no-such-package'/,
    ],
    [
      'a definition whose module is missing',
      { 'benches/a.bench.ts': `${HEAD}suite('a').benchmark('b', { ${BENCHMARK} });\n` },
      /a\.bench\.ts:3: Cannot find the module of "a\/b": .*w\.mjs does not exist/,
    ],
    [
      'a definition whose addon is missing',
      {
        'benches/a.bench.ts': `${HEAD}suite('a', { addon: './x.node' }).benchmark('b', { ${BENCHMARK.replace(/, module.*/, '')} });\n`,
      },
      /Cannot find the addon ".*x\.node": build it/,
    ],
    [
      'an addon that is none',
      {
        'benches/a.bench.ts': `${HEAD}suite('a', { addon: './x.node' }).benchmark('b', { ${BENCHMARK.replace(/, module.*/, '')} });\n`,
        'benches/x.node': 'garbage',
      },
      /Cannot load the addon ".*x\.node": .*file too short/,
    ],
    [
      'definitions that declare nothing',
      { 'benches/a.bench.ts': `${HEAD}suite('a');\n` },
      /Cannot find benchmarks: .*a\.bench\.ts declare none; docs\/definitions\.md shows how/,
    ],
    [
      'a folder without definitions',
      { 'benches/readme.txt': '' },
      /Cannot find definitions: ".*benches" has no \*\.bench\.ts file/,
    ],
    [
      'no folder of definitions',
      {},
      /Cannot find definitions: the folder ".*benches" does not exist; make "benches\/NAME\.bench\.ts"/,
    ],
    [
      'a configuration with an unknown field',
      { 'forgebench.config.ts': 'export default {\n  launchs: 2,\n};\n' },
      /forgebench\.config\.ts:2: Cannot read the configuration:\n {2}"launchs" is no field of it; did you mean "launches"\?; the fields are definitions, launches,/,
    ],
    [
      'a configuration with a wrong value',
      { 'forgebench.config.ts': '// Two lines\n// before it.\nexport default { launches: -2 };\n' },
      /forgebench\.config\.ts:3: Cannot read the configuration:\n {2}launches: Too small: expected number to be >=1/,
    ],
    [
      'a configuration with a syntax error',
      { 'forgebench.config.ts': 'export default {\n' },
      /forgebench\.config\.ts:2: Cannot read the file/,
    ],
    [
      'a configuration that throws',
      { 'forgebench.config.ts': "// Why?\nthrow new Error('why not');\n" },
      /forgebench\.config\.ts:2: Cannot load the file: why not/,
    ],
    [
      'a file where the results have to go',
      { '.forgebench': '', 'forgebench.config.ts': 'export default {};\n' },
      /Cannot go on: ENOTDIR.*\.forgebench.*; check the path/,
    ],
  ];

  it.each(cases)('with %s is refused', async (_name, files, message) => {
    const broken = makeProject();
    try {
      plant(broken.folder, files);
      await expectRefusal(['run'], message, broken.folder);
    } finally {
      broken.remove();
    }
  });
});

describe('a workload that throws', () => {
  it('is told with the line of its author, without frames of this program', async () => {
    const throwing = makeProject('plain');
    try {
      plant(throwing.folder, {
        'benches/sum.mjs':
          "export const sum = () => ({\n  run() {\n    throw new TypeError('no such node');\n  },\n  verify() {},\n});\n",
      });
      const { code, stdout } = await forgebench(['run', 'plain/sum[length=10]', '--json'], throwing.folder);
      expect(code).toBe(3);
      const { failures } = JSON.parse(stdout) as RunRecord;
      expect(failures[0]?.failure.message).toMatch(/^TypeError: no such node at .*run \(file:.*sum\.mjs:3:11\)$/);
    } finally {
      throwing.remove();
    }
  });
});

describe('a run that was kept', () => {
  let file: string;
  let folder: string;
  beforeAll(async () => {
    file = join(project.folder, 'kept.json');
    const { code, stderr } = await run('run', 'plain/sum', '--seed', '1', '--output', 'kept.json');
    expect(code, stderr).toBe(0);
    folder = join(project.folder, '.forgebench/runs', runs().at(-1) as string);
  });

  /** A copy of the run's folder, to be damaged. */
  function copy(): string {
    const damaged = mkdtempSync(join(project.folder, 'damaged-'));
    cpSync(folder, damaged, { recursive: true });
    return damaged;
  }

  it('goes without progress that is rewritten where there is no terminal', async () => {
    const { stdout, stderr } = await run('run', 'plain/sum[length=10]');
    expect(stderr).toMatch(
      /^Measuring 1 of 3 · plain\/sum\[length=10\]\nReport: \.forgebench\/runs\/.*\/report\.html\n$/,
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that must not be there
    expect(stdout + stderr).not.toMatch(/[\x1b\r]/);
  });

  it('is shown again from its file and from its folder', async () => {
    for (const path of [file, folder]) expect(await run('report', path)).toMatchObject({ code: 0, stderr: '' });
  });

  it('is refused where its file is cut off', () => {
    writeFileSync(join(project.folder, 'cut.json'), readFileSync(file, 'utf8').slice(0, 500));
    return expectRefusal(
      ['report', 'cut.json'],
      /cut\.json: Cannot read the run: it is not JSON .*the file may be cut/,
    );
  });

  it('is refused where its file is none of ours', () => {
    plant(project.folder, { 'other.json': '{"version":1,"name":"x"}', 'empty.json': '' });
    return expectRefusal(['report', 'other.json'], /other\.json: Cannot read the run: it does not fit the schema/).then(
      () => expectRefusal(['report', 'empty.json'], /it is not JSON/),
    );
  });

  it('is refused where a newer forgebench has written it', () => {
    const newer = { ...(JSON.parse(readFileSync(file, 'utf8')) as object), version: 99, added: true };
    writeFileSync(join(project.folder, 'newer.json'), JSON.stringify(newer));
    return expectRefusal(
      ['report', 'newer.json'],
      /^Cannot read ".*newer\.json": its version is 99, this forgebench reads version 1; update forgebench\n$/,
    );
  });

  it('is made again from its journal where run.json is missing, with the same figures', async () => {
    const damaged = copy();
    rmSync(join(damaged, 'run.json'));
    const { code, stdout, stderr } = await run('report', damaged, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [again, before] = [JSON.parse(stdout) as RunRecord, JSON.parse(readFileSync(file, 'utf8')) as RunRecord];
    expect(again.summaries).toEqual(before.summaries);
    expect(again.status).toBe('finished');
  });

  it('is made again from its journal where run.json was cut off, and says so', async () => {
    const damaged = copy();
    writeFileSync(join(damaged, 'run.json'), '{"version":1,"id');
    const { code, stdout, stderr } = await run('report', damaged);
    expect(code).toBe(0);
    expect(stderr).toContain('It was made again from the journal, without its profiles.');
    expect(stdout).toContain('length=10');
  });

  it('loses the last line of its journal where that was cut off, with a warning', async () => {
    const damaged = copy();
    const journal = join(damaged, 'launches.jsonl');
    rmSync(join(damaged, 'run.json'));
    writeFileSync(journal, readFileSync(journal, 'utf8').slice(0, -30));
    const { code, stdout, stderr } = await run('report', damaged, '--json');
    expect(code).toBe(0);
    expect(stderr).toBe('The last launch of the journal was cut off while it was written; it is left out.\n');
    expect((JSON.parse(stdout) as RunRecord).status).toBe('interrupted');
  });

  it('is refused where its journal is damaged in the middle', () => {
    const damaged = copy();
    const journal = join(damaged, 'launches.jsonl');
    rmSync(join(damaged, 'run.json'));
    writeFileSync(journal, `garbage\n${readFileSync(journal, 'utf8')}`);
    return expectRefusal(['report', damaged], /line 1 is no launch record; the file was changed or damaged/);
  });
});

describe('two runs at the same moment', () => {
  it('keep a folder each', async () => {
    const before = runs().length;
    const both = await Promise.all([run('run', 'plain/sum[length=10]'), run('run', 'plain/sum[length=10]')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs()).toHaveLength(before + 2);
  });
});

/** A folder with a disk of its own, where this machine lets us mount one. */
function mountSmall(folder: string, size: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const probe = mkdtempSync(join(tmpdir(), 'forgebench-mount-'));
const mayMount = mountSmall(probe, '4k');
if (mayMount) execFileSync('umount', [probe]);
rmSync(probe, { recursive: true });

describe.skipIf(!mayMount)('a disk that runs full, where this machine lets us mount one [hardware]', () => {
  /** Runs with `.forgebench/runs` on a disk that has this many bytes left for launches. */
  async function runOnDisk(size: string, args: string[]): Promise<{ finished: Finished; report: Finished }> {
    const full = makeProject('plain');
    const disk = join(full.folder, '.forgebench/runs');
    mkdirSync(disk, { recursive: true });
    mountSmall(disk, size);
    try {
      const finished = await forgebench(args, full.folder);
      return { finished, report: await forgebench(['report', '--json'], full.folder) };
    } finally {
      execFileSync('umount', ['--lazy', disk]);
      full.remove();
    }
  }

  it('ends the run with what to do, and what had finished can be shown', async () => {
    const { finished, report } = await runOnDisk('56k', ['run', 'plain/sum', '--launches', '60']);
    expect(finished.stderr).toMatch(
      /Cannot keep a launch of run "(.*)": the disk is full; free some space; "forgebench report \1" shows those before it\n$/,
    );
    expect(finished.code).toBe(2);
    expect(report.code).toBe(0);
    const record = JSON.parse(report.stdout) as RunRecord;
    expect(record.status).toBe('interrupted');
    expect(record.summaries.some(({ launches }) => launches.time > 1)).toBe(true);
  });

  it('is told where even the plan does not fit', async () => {
    const { finished } = await runOnDisk('4k', ['run', 'plain/sum', '--launches', '60']);
    expect(finished.stderr).toMatch(
      /^Cannot create the run's folder ".*": the disk is full; free some space\n$|Cannot write ".*plan\.json": the disk is full/,
    );
    expect(finished.code).toBe(2);
  });
});

describe('a reader that ends first', () => {
  it('does no harm', async () => {
    const output = execFileSync(
      'sh',
      ['-c', `${process.execPath} ${join(import.meta.dirname, '../../bin/forgebench.mjs')} list | head -n 1`],
      {
        cwd: project.folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    expect(output).toBe('plain/sum  (micro)\n');
  });
});
