// Profiling where tools are missing, where nobody looks on, where workloads fail, and where a session is killed.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ProfileArtefacts } from '../../src/store/index.js';
import { ABSENT, ALL, ENGINES, ENOUGH, profile, shareWith, WITHOUT } from './profiled.js';
import { forgebench, makeProject, ROOT, start, waitFor } from './project.js';

const project = makeProject('profiled');
afterAll(() => project.remove());

/** Runs a program to its end with nobody at its terminal. */
function alone(
  words: readonly string[],
  { env = {}, cwd = project.folder } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const [program = '', ...rest] = words;
  const child = spawn(program, rest, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

describe('a machine without a network and without a terminal, in CI', () => {
  it('profiles with every engine, those included that would ask or send something elsewhere', async ({ skip }) => {
    const engines = ALL.filter((engine) => !ABSENT.has(engine));
    skip(spawnSync('unshare', ['-n', 'true']).status !== 0, 'this user may not make a network of its own (unshare -n)');
    const forgebenchFile = join(ROOT, 'bin/forgebench.mjs');
    const words = ['profile', 'script/collatz', '--with', engines.join(','), '--quick', '--json'];
    const run = await alone(['unshare', '-n', process.execPath, forgebenchFile, ...words], { env: { CI: '1' } });
    expect(run.code, run.stderr).toBe(0);
    const [artefacts] = JSON.parse(run.stdout) as ProfileArtefacts[];
    expect(artefacts?.engines.map(({ engine, failure }) => [engine, failure])).toEqual(
      engines.map((engine) => [engine, undefined]),
    );
  }, 600_000);
});

describe('an installation without the optional packages', () => {
  it('fails each engine that needs one, says how to get it, keeps the files of the others, and ends with 3', async () => {
    // Outside of this repository, whose packages would be found otherwise.
    const copy = mkdtempSync(join(tmpdir(), 'forgebench-copy-'));
    try {
      for (const part of ['bin', 'dist', 'package.json'])
        cpSync(join(ROOT, part), join(copy, part), { recursive: true });
      symlinkSync(join(ROOT, 'native'), join(copy, 'native'));
      mkdirSync(join(copy, 'node_modules'));
      for (const name of readdirSync(join(ROOT, 'node_modules')))
        if (!['0x', 'clinic', '@clinic', 'v8-profiler-next'].includes(name))
          symlinkSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name));
      const folder = join(copy, 'project');
      cpSync(join(ROOT, 'test/fixtures/profiled'), folder, { recursive: true });
      const missing = ALL.filter((name) => name === '0x' || name === 'v8-profiler-next' || name.startsWith('clinic-'));
      const words = ['profile', 'script/collatz', '--quick', '--json', '--with', ['cpu', ...missing].join(',')];
      const run = await alone([process.execPath, join(copy, 'bin/forgebench.mjs'), ...words], { cwd: folder });
      expect(run.code, run.stderr).toBe(3);
      const [artefacts] = JSON.parse(run.stdout) as ProfileArtefacts[];
      const [cpu, ...others] = artefacts?.engines ?? [];
      expect(cpu).toMatchObject({ engine: 'cpu', files: { cpuprofile: expect.any(String) } });
      expect(others.map(({ engine }) => engine)).toEqual(missing);
      for (const { failure } of others) expect(failure).toMatch(/Cannot (find|load).*npm install --include=optional/);
    } finally {
      rmSync(copy, { recursive: true });
    }
  }, 120_000);
});

describe('a target that ends its process early', () => {
  it('fails every engine with the exit code that it had', async () => {
    const engines = ALL.filter((engine) => engine === 'flame' || !ABSENT.has(engine));
    const run = await profile(project.folder, ['script/leaves', '--quick', '--with', engines.join(',')]);
    for (const engine of engines)
      expect(run.of(engine)).toMatchObject({ files: {}, failure: expect.stringMatching(/exit code 5/) });
    expect(run.finished.code).toBe(3);
  }, 600_000);
});

describe('a machine without perf', () => {
  it('gets its flame graph from the sampler inside the process, and is told so', async () => {
    const tools = join(project.folder, 'tools');
    mkdirSync(tools);
    for (const tool of ['node', 'setpriv', 'sh']) symlinkSync(whereIs(tool), join(tools, tool));
    const [path, words] = [process.env.PATH, ['script/collatz', '--with', 'flame']];
    process.env.PATH = tools;
    const run = await profile(project.folder, words).finally(() => {
      process.env.PATH = path;
    });
    expect(run.finished.code, run.finished.stderr).toBe(0);
    const { warning, samples } = run.of('flame');
    expect(warning).toMatch(/^This is not perf but forgebench's own sampler, because perf cannot record here \(.*perf/);
    expect(samples).toBeGreaterThan(ENOUGH);
    expect(run.read('flame', 'flame')).toContain('This is not perf');
    expect(run.read('flame', 'flame')).not.toContain('perf · ');
    expect(shareWith(run.read('flame', 'folded'), [/;collatzLengths\b/])).toBeGreaterThan(0.8);
  }, 60_000);
});

describe('a workload that fails', () => {
  it('fails with its own reason under every engine, even those that hide it', async () => {
    // The tools of clinic are started alike, so two stand for all.
    const engines = ALL.filter((engine) => !['clinic-flame', 'clinic-heapprofiler'].includes(engine)).filter(
      (engine) => engine === 'flame' || !ABSENT.has(engine),
    );
    const run = await profile(project.folder, ['script/broken', '--with', engines.join(',')]);
    for (const engine of engines)
      expect(run.of(engine)).toMatchObject({ files: {}, failure: expect.stringContaining('broken on purpose') });
    expect(run.finished.code).toBe(3);
  }, 300_000);
});

describe('an engine that does not exist', () => {
  it('is refused with the names of those that do', async () => {
    const { code, stderr } = await forgebench(['profile', '--with', 'cpu,gpu'], project.folder);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `Cannot profile with "gpu": the engines are ${ENGINES.join(', ')}; the groups all, allocations, memory,`,
    );
  });
});

describe('a session that is killed with SIGKILL', () => {
  it.for(['0x', 'clinic-doctor'])('leaves neither %s nor its program behind', async (engine, { skip }) => {
    skip(ABSENT.has(engine), WITHOUT);
    const { child, finished } = start(['profile', 'script/collatz', '--with', engine], project.folder);
    const inside = `forgebench-${child.pid}/`;
    const target = await waitFor(() => processes().find((each) => isTarget(each, inside)), 40_000);
    child.kill('SIGKILL');
    await finished;
    await waitFor(() => !existsSync(`/proc/${target.pid}`));
    await waitFor(() => !processes().some(({ words }) => words.some((word) => word.includes(inside))));
  });
});

interface Process {
  pid: string;
  words: string[];
}

/** The program that the tool has started itself: node, then standalone.js without a tool before it. */
function isTarget({ words }: Process, inside: string): boolean {
  const at = words.findIndex((word) => word.endsWith('/standalone.js'));
  return at > 0 && !words.includes('--') && (words[at + 1]?.includes(inside) ?? false);
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid, words: commandLine(pid) }));
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function whereIs(tool: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, tool)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`Cannot find ${tool} in PATH`);
  return found;
}
