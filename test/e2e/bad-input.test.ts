// What the user may get wrong: the real program says what is wrong, where, and what to do.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/store/index.js';
import { forgebench, makeProject, plant } from './project.js';

const project = makeProject('plain');
afterAll(() => project.remove());

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
    [['report', 'nope'], /Cannot report "nope": there is no such run, baseline, folder or file/],
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
      /a\.bench\.ts:3: Cannot read benchmark "a\/b":\n {2}"scalling" is no field of it; did you mean "scaling"\?; the fields are why, priority, operation,/,
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
      /Cannot find definitions: ".*benches" has no file whose name ends in "\.bench\.ts"; make "benches\/NAME\.bench\.ts"/,
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
