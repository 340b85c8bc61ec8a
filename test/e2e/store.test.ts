// The store behind the real program: filled by runs, read by history, compare and report, moved, pruned, and never in the way.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord, StoredRun } from '../../src/store/index.js';
import { type PostgresServer, postgresPrograms, startPostgres } from '../store/postgres-server.js';
import { type Finished, forgebench, makeProject, plant } from './project.js';

const project = makeProject('plain');
afterAll(() => project.remove());

const run = (...args: string[]): Promise<Finished> => forgebench(args, project.folder);
const path = (...parts: string[]) => join(project.folder, '.forgebench', ...parts);
const MEASURE = ['run', 'plain/sum[length=100]', '--launches', '2'];
const NEVER = /^\s+at /m;

/** What a verb prints with `--json`. */
async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as T;
}

interface History {
  series: number;
  trends: { caseId: string; points: { runs: string[]; value: number }[]; changes: { alarm: boolean }[] }[];
}

describe('the store of a project', () => {
  let ids: string[];
  beforeAll(async () => {
    expect(await run(...MEASURE, '--save-baseline', 'main')).toMatchObject({ code: 0 });
    expect(await run(...MEASURE)).toMatchObject({ code: 0 });
    ids = readdirSync(path('runs')).sort();
  });

  it('has each run, with the figures of its report', async () => {
    const history = await json<History>('history', 'plain/sum');
    const { summaries } = JSON.parse(readFileSync(path('runs', ids[0] as string, 'run.json'), 'utf8')) as RunRecord;
    expect(history.trends.map(({ caseId }) => caseId)).toEqual(['plain/sum[length=100]']);
    const points = history.trends[0]?.points ?? [];
    expect(points.flatMap(({ runs }) => runs)).toEqual(ids);
    const p50 = summaries[0]?.p50;
    if (p50 && 'estimate' in p50 && points.length === 2) expect(points[0]?.value).toBeCloseTo(p50.estimate.value, 9);
    expect((await run('history', 'plain/sum')).stdout).toMatch(
      /^plain\/sum\[length=100\] · p50 · .*\n {2}\S+ {2}.* in 2 runs/,
    );
  });

  it('says with what hash each benchmark ran, and the same one for the same module', () => {
    const hashes = ids.map((id) => {
      const { environment } = JSON.parse(readFileSync(path('runs', id, 'run.json'), 'utf8')) as RunRecord;
      return environment.binaries?.['plain/sum'];
    });
    expect(hashes[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(hashes[1]).toBe(hashes[0]);
  });

  it('compares and reports a run whose folder is gone', async () => {
    const [first = '', second = ''] = ids;
    rmSync(path('runs', first), { recursive: true });
    const compared = await run('compare', first, second, '--all');
    expect(compared.stdout).toContain('plain/sum[length=100]');
    expect(compared.code, compared.stderr).toBeLessThan(2);
    expect(await json<RunRecord>('report', first)).toMatchObject({ id: first, status: 'finished' });
  });

  it('goes to another place by export and import, and comes back the same', async () => {
    expect((await run('export', 'runs.jsonl')).stdout).toBe('Exported 2 runs\n');
    expect((await run('import', 'runs.jsonl', '--store', 'other.db')).stdout).toMatch(/^Imported 2 runs\n/);
    expect((await run('import', 'runs.jsonl', '--store', 'other.db')).code).toBe(0);
    const lines = async (...more: string[]) =>
      (await run('export', ...more)).stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as StoredRun);
    expect(await lines('--store', 'other.db')).toEqual(await lines());
  });

  it('takes results of other tools', async () => {
    plant(project.folder, {
      'hyperfine.json': JSON.stringify({ results: [{ command: 'sleep 1', times: [1, 1.1] }] }),
      'bench.txt': 'pkg: example.com/a\nBenchmarkX-2  100  12.5 ns/op\n',
    });
    const imported = await json<{ origin: string }[]>('import', 'hyperfine.json', 'bench.txt', '--store', 'other.db');
    expect(imported.map(({ origin }) => origin)).toEqual(['hyperfine', 'go']);
    const { stdout } = await run('history', 'a/X', '--store', 'other.db');
    expect(stdout).toMatch(/a\/X\[procs=2\] · p50 · unknown machine \S+, imported from go\n.*12\.5 ns/);
  });

  it('tells what it leaves out of results of other tools', async () => {
    const tasks = [
      { name: 'bad', result: { error: {} } },
      { name: 'well', result: { latency: { mean: 0.1 } } },
    ];
    plant(project.folder, { 'tinybench.json': JSON.stringify(tasks) });
    const { code, stdout, stderr } = await run('import', 'tinybench.json', '--store', 'other.db');
    expect(stdout).toMatch(/^Imported 1 run\n {2}\S+ {2}tinybench, 1 case\n$/);
    expect(stderr).toMatch(/^Left out of ".*tinybench\.json": task "bad", which failed\n$/);
    expect(code).toBe(0);
  });

  it('refuses what it cannot use, with a sentence and exit code 2', async () => {
    plant(project.folder, { 'cut.jsonl': '{"version":1,"id":"a', 'text.txt': 'hello' });
    for (const [args, message] of [
      [['import', 'cut.jsonl'], /line 1 is cut off; export it again/],
      [['import', 'text.txt'], /it is none of what can be read/],
      [['import', 'absent'], /it does not exist; check the path/],
      [
        ['history', 'plain/sun'],
        /no stored run has such a case; did you mean "plain\/sum\[length=100\]"|no stored run has such a case/,
      ],
      [['history', '--metric', 'p51'], /there are the metrics .*p50/],
      [['history', '--metric', 'throughput'], /less of a metric has to be better/],
      [['prune'], /say what may go, with --older-than 90d/],
      [['prune', '--keep', '-1'], /it must be a whole number/],
      [['history', '--store', 'mysql://x/y'], /Cannot use "mysql:\/\/x\/y" as the store/],
    ] as const) {
      const { code, stdout, stderr } = await run(...args);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(NEVER);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
  });

  it('prunes what nobody needs, and says first what it would do', async () => {
    expect(await run(...MEASURE)).toMatchObject({ code: 0 });
    const newest = readdirSync(path('runs')).sort().at(-1) as string;
    const rule = ['prune', '--keep', '0'];
    const plan = await json<{ removed: string[]; spared: { id: string; reason: string }[] }>(...rule, '--dry-run');
    expect(plan.removed).toEqual([ids[1]]);
    expect(plan.spared.find(({ id }) => id === ids[0])?.reason).toBe('baseline "main"');
    expect(existsSync(path('runs', ids[1] as string))).toBe(true);
    // As on another machine of a team, which has the folder still.
    cpSync(path('runs', ids[1] as string), path('elsewhere'), { recursive: true });
    expect((await run(...rule)).stdout).toMatch(/^Removed 1 run\n/);
    expect(readdirSync(path('runs'))).toEqual([newest]);
    expect(await json('prune', '--log')).toMatchObject([{ run: ids[1], what: 'run', reason: 'more than 0 runs' }]);
    renameSync(path('elsewhere'), path('runs', ids[1] as string));
    const { trends } = await json<History>('history', 'plain/sum');
    expect(trends[0]?.points.flatMap(({ runs }) => runs)).toEqual([ids[0], newest]);
    rmSync(path('runs', ids[1] as string), { recursive: true });
  });

  it('keeps the history where only folders go', async () => {
    expect(await run(...MEASURE)).toMatchObject({ code: 0 });
    const [older] = readdirSync(path('runs')).sort() as [string];
    expect((await run('prune', '--keep', '0', '--keep-figures')).stdout).toMatch(
      /^Removed 1 run but for their figures\n/,
    );
    expect(existsSync(path('runs', older))).toBe(false);
    const { trends } = await json<History>('history', 'plain/sum');
    expect(trends[0]?.points.flatMap(({ runs }) => runs)).toContain(older);
    expect(await json<RunRecord>('report', older)).toMatchObject({ id: older });
  });
});

describe('a store that fails', () => {
  it('costs neither the run nor its exit code, and is filled by the next verb that opens it', async () => {
    const broken = makeProject('plain');
    try {
      const file = join(broken.folder, '.forgebench/forgebench.db');
      mkdirSync(join(broken.folder, '.forgebench'));
      writeFileSync(file, 'garbage '.repeat(1000));
      const { code, stdout, stderr } = await forgebench(MEASURE, broken.folder);
      expect(code).toBe(0);
      expect(stdout).toContain('length=100');
      expect(stderr).toMatch(/Warning: Cannot open the store ".*forgebench\.db": the file is damaged .* move it away/);
      expect(readFileSync(file, 'utf8')).toMatch(/^garbage/);
      expect(await forgebench(['history'], broken.folder)).toMatchObject({ code: 2, stdout: '' });
      rmSync(file);
      expect((await forgebench(['history'], broken.folder)).stdout).toBe('1 series: 0 changes, 0 regressions\n');
    } finally {
      broken.remove();
    }
  });

  it('is said before anything is measured where its place cannot be one', async () => {
    const { code, stderr } = await run(...MEASURE, '--store', 'redis://x');
    expect(stderr).toMatch(/^Cannot use "redis:\/\/x" as the store/);
    expect(code).toBe(2);
  });
});

const programs = postgresPrograms();
describe.skipIf(programs === undefined && process.env.CI !== 'true')('a store of PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs ?? '/usr/bin');
  });
  afterAll(() => server?.stop());

  it('is shared: another folder compares with a baseline that this one saved', async () => {
    const url = server.createDatabase('team');
    const [here, there] = [makeProject('plain'), makeProject('plain')];
    try {
      const inTeam = (folder: string, ...args: string[]) => forgebench([...args, '--store', url], folder);
      const saved = await inTeam(here.folder, ...MEASURE, '--save-baseline', 'team-main');
      expect(saved).toMatchObject({ code: 0 });
      expect(saved.stderr).not.toContain('Warning');
      expect((await inTeam(there.folder, 'baseline', 'list')).stdout).toMatch(
        /^team-main {2}run .*, in the store alone\n/,
      );
      const compared = await inTeam(there.folder, ...MEASURE, '--baseline', 'team-main');
      expect(compared.code, compared.stderr).toBeLessThan(2);
      const { stdout } = await inTeam(here.folder, 'history', 'plain/sum');
      expect(stdout).toContain('in 2 runs');
    } finally {
      for (const each of [here, there]) each.remove();
    }
  });
});
