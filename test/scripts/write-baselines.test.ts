// The pages of the crates take their figures from a run, and name no benchmark that does not exist.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PAGES, writeBaselines } from '../../scripts/write-baselines.js';
import { toJson } from '../../src/report/index.js';
import type { RunRecord } from '../../src/store/index.js';
import { exampleRun } from '../report/fixture.js';

const EMPTY = '# A crate\n\n## Baseline\n\n<!-- baseline -->\nNot measured.\n<!-- /baseline -->\n\n## Tuning\n';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forgebench-baselines-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function keep(record: RunRecord): string {
  const file = join(folder, 'run.json');
  writeFileSync(file, toJson(record));
  return file;
}

function page(name: string, text: string = EMPTY): string {
  const file = join(folder, `${name}.md`);
  writeFileSync(file, text);
  return file;
}

/** Rows of the tables by their first cell. */
function rows(file: string): Map<string, string[]> {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '));
  const cells = lines.map((line) => line.slice(2, -2).split(' | '));
  return new Map(cells.map((row) => [row[0] ?? '', row]));
}

describe('writing baselines', () => {
  it('replaces the block of each crate and nothing else', async () => {
    const model = page('moduforge-model');
    const state = page('moduforge-state');
    const done = await writeBaselines(keep(exampleRun()), { pages: folder });
    expect(done).toEqual({ pages: [model, state], without: [] });
    const text = readFileSync(model, 'utf8');
    expect(text).toMatch(/^# A crate\n\n## Baseline\n\n<!-- baseline -->\n/);
    expect(text).toMatch(/\n<!-- \/baseline -->\n\n## Tuning\n$/);
    expect(text).not.toContain('Not measured.');
    expect(text).toContain('model/attribute-get');
    expect(text).not.toContain('state/');
    expect(readFileSync(state, 'utf8')).not.toContain('model/');
  });

  it('gives each case with its interval, and targets with what became of them', async () => {
    const model = page('moduforge-model');
    await writeBaselines(keep(exampleRun()), { pages: folder });
    const table = rows(model);
    expect(table.get('`model/node-create[attributes=3,via=new]`')).toEqual([
      '`model/node-create[attributes=3,via=new]`',
      '1.24 µs ±0.8 %',
      '–',
      '807 k/s',
      '10',
      'met: throughput > 100k/s',
    ]);
    expect(table.get('`model/node-create[attributes=50,via=factory]`')?.[5]).toBe('missed: throughput > 100k/s');
    expect(table.get('`model/attribute-get`')?.[5]).toBe('met: p50 < 10 µs<br>unclear: growth < 1 B');
    expect(readFileSync(model, 'utf8')).toContain('p95: operations are too short to time alone');
  });

  it('leaves out targets that speak of other cases', async () => {
    const model = page('moduforge-model');
    await writeBaselines(keep(exampleRun()), { pages: folder });
    expect(rows(model).get('`model/tree-build[nodes=100]`')?.[5]).toBe('');
    expect(rows(model).get('`model/tree-build[nodes=1000]`')?.[5]).toBe('met: p95 < 10 ms');
  });

  it('gives how time grows, and names the machine, the versions and the launches', async () => {
    const model = page('moduforge-model');
    const record = exampleRun();
    record.environment.subjects = { 'moduforge-model': '0.7.0', 'moduforge-state': '0.7.1' };
    await writeBaselines(keep(record), { pages: folder });
    expect(rows(model).get('`model/tree-build`')?.slice(1, 3)).toEqual(['nodes', '100–10,000']);
    expect(rows(model).get('`model/tree-build`')?.[3]).toMatch(/^1\.98 \[1\.\d\d, 2\.\d\d\]$/);
    const line = readFileSync(model, 'utf8').split('\n')[6] ?? '';
    for (const part of [
      record.environment.cpu.model,
      record.environment.kernel,
      `Node.js ${record.environment.node}`,
      'moduforge-model 0.7.0',
      'preset quick, 3 timed launches of each case',
      '2026-01-20',
    ])
      expect(line).toContain(part);
    expect(line).not.toContain('0.7.1');
  });

  it('gives memory benchmarks their bytes, and workloads their own figures in the unit of each', async () => {
    const model = page('moduforge-model');
    const record = exampleRun();
    const benchmark = record.benchmarks.find(({ id }) => id === 'model/attribute-get');
    const summary = record.summaries.find(({ benchmarkId }) => benchmarkId === 'model/attribute-get');
    if (benchmark === undefined || summary === undefined) throw new Error('the example has lost a benchmark');
    benchmark.category = 'memory';
    benchmark.figures = {
      lost: { unit: 'ratio', why: '' },
      late: { unit: 'ns', why: '' },
      kept: { unit: '%', why: '' },
    };
    const exactly = (value: number) => ({ estimate: { value, low: value, high: value } });
    summary.figures = { lost: exactly(0.00017), late: exactly(1500), kept: exactly(98), gone: { missing: 'not told' } };
    summary.memory.retainedBytes = exactly(1536);
    summary.memory.liveGrowth = exactly(0.02);
    summary.memory.leftBytes = exactly(0);
    await writeBaselines(keep(record), { pages: folder });
    const text = readFileSync(model, 'utf8');
    expect(text).toContain('| `model/attribute-get` | lost 0.00017, late 1.50 µs, kept 98 % |');
    expect(text).toMatch(/\| `model\/attribute-get` \| 1\.5 KiB \| [^|]+ \| 2 % \| 0 B \|/);
  });

  it('writes the same again from the same run, and leaves dollars alone', async () => {
    const model = page('moduforge-model');
    const record = exampleRun();
    record.environment.cpu.model = "CPU $& $1 $'";
    const run = keep(record);
    await writeBaselines(run, { pages: folder });
    const once = readFileSync(model, 'utf8');
    await writeBaselines(run, { pages: folder });
    expect(readFileSync(model, 'utf8')).toBe(once);
    expect(once).toContain("CPU $& $1 $'");
  });

  it('puts the scenarios on the first page, and tells what has no page', async () => {
    const first = page('README');
    const record = exampleRun();
    for (const benchmark of record.benchmarks) if (benchmark.suite === 'state') benchmark.crate = 'ModuForge-RS';
    const done = await writeBaselines(keep(record), { pages: folder });
    expect(done).toEqual({ pages: [first], without: ['moduforge-model'] });
    expect(readFileSync(first, 'utf8')).toContain('state/transaction');
  });

  it('touches no page where one has no block, and says what is wrong with a run', async () => {
    const model = page('moduforge-model');
    page('moduforge-state', '# No block\n');
    await expect(writeBaselines(keep(exampleRun()), { pages: folder })).rejects.toThrow(
      'moduforge-state.md: it has no block',
    );
    expect(readFileSync(model, 'utf8')).toBe(EMPTY);
    await expect(writeBaselines(join(folder, 'absent.json'), { pages: folder })).rejects.toThrow('Cannot read run');
    writeFileSync(join(folder, 'run.json'), '{"version": 2');
    await expect(writeBaselines(join(folder, 'run.json'), { pages: folder })).rejects.toThrow('it is not JSON');
  });
});

interface Declared {
  id: string;
  crate: string | undefined;
  cases: Record<string, unknown>[];
  /** Places in the crate's source that its defects are named with. */
  sources: string[];
}

/** As much of a definition as names of cases need. */
interface Spec {
  cases?: Record<string, unknown>[];
  parameters?: Record<string, unknown[]>;
  findings?: { source: string }[];
}

/** What a definition file declares, read without the addons, so that pages can be checked before anything is built. */
function declaredIn(file: string): Declared[] {
  const { code } = transformSync(readFileSync(join('benches', file), 'utf8'), { loader: 'ts', format: 'cjs' });
  const declared: Declared[] = [];
  const suite = (name: string, { crate }: { crate?: string }) => {
    const chain = {
      benchmark(benchmark: string, spec: Spec) {
        const cases = spec.cases ?? combinations(spec.parameters ?? {});
        const sources = (spec.findings ?? []).map(({ source }) => source);
        declared.push({ id: `${name}/${benchmark}`, crate, cases, sources });
        return chain;
      },
    };
    return chain;
  };
  new Function('require', 'module', 'exports', code)(() => ({ suite }), { exports: {} }, {});
  return declared;
}

function combinations(parameters: Record<string, unknown[]>): Record<string, unknown>[] {
  return Object.entries(parameters).reduce<Record<string, unknown>[]>(
    (sofar, [name, values]) => sofar.flatMap((each) => values.map((value) => ({ ...each, [name]: value }))),
    [{}],
  );
}

const listed = readdirSync('benches')
  .filter((file) => file.endsWith('.bench.ts'))
  .flatMap(declaredIn);
const benchmarks = new Map(listed.map((benchmark) => [benchmark.id, benchmark]));
const crates = [...new Set(listed.flatMap(({ crate }) => crate ?? []))].filter((crate) =>
  crate.startsWith('moduforge-'),
);
const pages = readdirSync(PAGES).filter((name) => name.endsWith('.md'));

/** Text of a page that people wrote. */
function written(name: string): string {
  return readFileSync(join(PAGES, name), 'utf8').replace(/<!-- baseline -->.*?<!-- \/baseline -->/s, '');
}

/** Benchmarks that a text names in code style, with the parameters that it gives them. */
function named(text: string): { id: string; where: [string, string][] }[] {
  const mentions = text.matchAll(/`([a-z-]+\/[a-z0-9-]+)(?:\[([^\]`]*)\])?`/g);
  return [...mentions].map(([, id = '', where]) => ({
    id,
    where: (where ?? '')
      .split(',')
      .filter((part) => part !== '')
      .map((part) => part.split('=') as [string, string]),
  }));
}

function exists({ id, where }: { id: string; where: [string, string][] }): boolean {
  const cases = benchmarks.get(id)?.cases ?? [];
  return cases.some((parameters) => where.every(([name, value]) => String(parameters[name]) === value));
}

describe('the pages of the crates', () => {
  it('are there for each crate that is measured, and the first page leads to all', () => {
    expect(crates.length).toBeGreaterThanOrEqual(14);
    const first = readFileSync(join(PAGES, 'README.md'), 'utf8');
    for (const crate of crates) {
      expect(existsSync(join(PAGES, `${crate}.md`)), crate).toBe(true);
      expect(first).toContain(`](${crate}.md)`);
    }
  });

  it.each(pages)('%s names only benchmarks and cases that exist', (name) => {
    const mentions = named(written(name));
    expect(mentions.length).toBeGreaterThan(0);
    expect(mentions.filter((mention) => !exists(mention))).toEqual([]);
  });

  it.each(pages)('%s backs each piece of advice by a benchmark at its end', (name) => {
    const [, tuning = ''] = /\n## Tuning\n(.*?)(?=\n## |$)/s.exec(written(name)) ?? [];
    const advice = tuning.split(/\n(?=- )/).filter((item) => item.trim().startsWith('- '));
    expect(advice.length).toBeGreaterThan(1);
    const unbacked = advice.filter(
      (item) => !/\((?:[^()]*`[a-z-]+\/[a-z0-9-]+(?:\[[^\]`]*\])?`[^()]*)\)\.?\s*(?:\n\n|$)/.test(item),
    );
    expect(unbacked).toEqual([]);
  });

  it.each(pages)('%s names the defects that the benchmarks of its crate look for, with their sources', (name) => {
    const crate = name === 'README.md' ? 'ModuForge-RS' : name.slice(0, -'.md'.length);
    const sources = listed.filter((benchmark) => benchmark.crate === crate).flatMap(({ sources }) => sources);
    const text = written(name).replaceAll(/\s+/g, ' ');
    expect(sources.filter((source) => !text.includes(source))).toEqual([]);
  });

  it.each(crates)('%s mentions every benchmark of its crate, and has a block for the figures', (crate) => {
    const text = readFileSync(join(PAGES, `${crate}.md`), 'utf8');
    const mentioned = new Set(named(written(`${crate}.md`)).map(({ id }) => id));
    const own = listed.filter((benchmark) => benchmark.crate === crate).map(({ id }) => id);
    expect(own.filter((id) => !mentioned.has(id))).toEqual([]);
    expect(text.match(/<!-- \/?baseline -->/g)).toEqual(['<!-- baseline -->', '<!-- /baseline -->']);
    for (const heading of ['Baseline', 'What to expect', 'Tuning', 'Defects that the benchmarks show'])
      expect(text).toContain(`\n## ${heading}\n`);
  });
});
