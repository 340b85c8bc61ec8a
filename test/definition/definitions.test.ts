// Definitions become benchmarks and cases; mistakes are told with file, line and what is allowed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  compareLists,
  DefinitionError,
  loadDefinitions,
  SelectionError,
  selectCases,
  selectMemoryCases,
} from '../../src/definition/index.js';

let folder: string;

beforeEach(() => {
  // Inside the project, so that a definition's import of "forgebench" finds it as a user's would.
  folder = mkdtempSync(join(process.cwd(), '.forgebench-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const GOOD = `
import { suite } from 'forgebench';
suite('demo', { addon: 'engine', crate: 'demo-crate' })
  .benchmark('grow', {
    why: 'How does it grow when the input grows?', operation: 'one thing', category: 'micro',
    parameters: { size: [1, 10, 100], via: ['a', 'b'] }, scaling: 'size', tags: ['tree'],
    targets: ['throughput > 100k/s', { target: 'p95 < 1 ms', where: { size: 10 } }],
    categories: [{ where: { size: 100 }, category: 'integration' }],
    profile: { size: 10, via: 'b' },
  })
  .benchmark('plain', { why: 'What does it cost without parameters?', operation: 'one thing', category: 'micro' });
`;

async function load(text: string) {
  const file = join(folder, 'demo.bench.ts');
  writeFileSync(file, text);
  return (await loadDefinitions([file], { root: folder, cache: join(folder, 'cache') })).benchmarks;
}

describe('loadDefinitions', () => {
  it('makes a case of every combination, parameters in definition order', async () => {
    const [grow, plain] = await load(GOOD);
    expect(grow?.cases.map(({ id }) => id)).toEqual(
      [1, 10, 100].flatMap((size) => ['a', 'b'].map((via) => `demo/grow[size=${size},via=${via}]`)),
    );
    expect(plain?.cases.map(({ id }) => id)).toEqual(['demo/plain']);
    expect(grow?.profiled.id).toBe('demo/grow[size=10,via=b]');
    expect(grow?.cases.at(-1)?.category).toBe('integration');
    expect(grow?.targets[1]).toMatchObject({ metric: 'p95', relation: '<', limit: 1e6, where: { size: 10 } });
  });

  it('says where a benchmark was declared', async () => {
    const [grow] = await load(GOOD);
    expect(grow?.declaredAt).toBe(`${join(folder, 'demo.bench.ts')}:4`);
  });

  it('says how to install this package where a project has not done so yet', () => {
    const error = new Error("Cannot find package 'forgebench' imported from /home/me/mine/.forgebench/cache/mine.mjs");
    const { message } = DefinitionError.of(error, '/home/me/mine/benches/mine.bench.ts');
    expect(message).toBe(
      `/home/me/mine/benches/mine.bench.ts: Cannot load the file: it imports "forgebench", which is not installed here; run "npm install --save-dev ${process.cwd()}"`,
    );
  });

  it('tells file and line of a syntax error', async () => {
    await expect(load("import { suite } from 'forgebench';\nsuite('a'\n")).rejects.toThrow(
      /demo\.bench\.ts:[23]: Cannot read the file/,
    );
  });

  it('tells file, line and field of a wrong field', async () => {
    const wrong = GOOD.replace(
      "operation: 'one thing', category: 'micro',",
      "operation: 'one thing', category: 'tiny', colour: 1,",
    );
    const error = await load(wrong).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DefinitionError);
    expect((error as Error).message).toMatch(/demo\.bench\.ts:4: Cannot read benchmark "demo\/grow"/);
    expect((error as Error).message).toContain(
      'category: Invalid option: expected one of "micro"|"integration"|"e2e"|"memory"',
    );
    expect((error as Error).message).toContain('"colour" is no field of it');
  });

  it.each([
    ['p95 < 1 parsec', 'Cannot read'],
    ['p95 < 100k/s', 'p95 is a time'],
    ['speed > 1 ms', 'METRIC'],
  ])('refuses the target %s', async (target, message) => {
    await expect(load(GOOD.replace('throughput > 100k/s', target))).rejects.toThrow(message);
  });

  it('refuses a benchmark that is declared twice', async () => {
    await expect(load(GOOD.replace("'plain'", "'grow'"))).rejects.toThrow('twice');
  });
});

describe('selectCases', () => {
  it.each([
    [['demo/plain'], 1],
    [['demo/grow'], 6],
    [['demo/*'], 7],
    [['demo/grow[size=1,*]'], 2],
    [['demo/grow[size=10,via=b]'], 1],
    [['crate:demo-crate'], 7],
    [['crate:demo'], 7],
    [['tag:tree'], 6],
    [['category:integration'], 2],
    [[], 7],
  ])('%j selects %i cases', async (selects, count) => {
    const selections = selectCases(await load(GOOD), selects);
    expect(selections.flatMap(({ cases }) => cases)).toHaveLength(count);
  });

  it('suggests the nearest id', async () => {
    const benchmarks = await load(GOOD);
    expect(() => selectCases(benchmarks, ['demo/grwo'])).toThrow('did you mean "demo/grow"?');
    expect(() => selectCases(benchmarks, ['demo/grwo'])).toThrow(SelectionError);
  });
});

describe('compareLists', () => {
  it('tells what stands on one side only', async () => {
    const benchmarks = await load(GOOD);
    const workloads = [
      { id: 'demo/grow', parameters: ['size', 'colour'] },
      { id: 'demo/other', parameters: [] },
    ];
    const differences = compareLists(benchmarks, { file: 'demo.node', workloads });
    expect(differences).toHaveLength(4);
    expect(differences.join('\n')).toMatch(/demo\.bench\.ts:4: parameter "via" of "demo\/grow" is unknown/);
    expect(differences.join('\n')).toContain('"demo/grow" lacks the parameter "colour"');
    expect(differences.join('\n')).toContain('benchmark "demo/plain" has no workload in demo.node');
    expect(differences.join('\n')).toContain('workload "demo/other" has no definition');
  });

  it('is silent where both lists agree', async () => {
    const benchmarks = await load(GOOD);
    const workloads = [
      { id: 'demo/grow', parameters: ['size', 'via'] },
      { id: 'demo/plain', parameters: [] },
    ];
    expect(compareLists(benchmarks, { file: 'demo.node', workloads })).toEqual([]);
  });
});

describe('selectMemoryCases', () => {
  it('takes every case of category memory, the profiled case of each micro benchmark, and no command', async () => {
    const benchmarks = await load(`${GOOD}
suite('more', { addon: 'engine' })
  .benchmark('kept', { why: 'How much does it keep?', operation: 'one thing', category: 'memory', parameters: { n: [1, 2] } })
  .benchmark('slow', { why: 'How long does it take at all?', operation: 'one thing', category: 'e2e' })
  .benchmark('run', { why: 'How long does it take?', operation: 'one run', category: 'micro', command: { run: ['true'] } });`);
    const ids = selectMemoryCases(benchmarks).flatMap(({ cases }) => cases.map(({ id }) => id));
    expect(ids).toEqual(['demo/grow[size=10,via=b]', 'demo/plain', 'more/kept[n=1]', 'more/kept[n=2]']);
  });
});
