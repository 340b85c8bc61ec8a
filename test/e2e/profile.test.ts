// Every engine with its real tool: over JavaScript, over Rust, where tools are missing and where workloads fail.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importCpuProfile, perfCommand } from '../../src/profile/index.js';
import type { EngineResult, ProfileArtefacts } from '../../src/store/index.js';
import { type Finished, forgebench, makeProject, ROOT, start } from './project.js';

const project = makeProject('profiled');
afterAll(() => project.remove());

interface Profiled {
  finished: Finished;
  /** The result of an engine. */
  of(engine: string): EngineResult;
  /** The text of a file that it left. */
  read(engine: string, kind: string): string;
}

/** Profiles one case of a project. */
async function profile(folder: string, words: readonly string[]): Promise<Profiled> {
  const finished = await forgebench(['profile', ...words, '--output', 'profiles', '--json'], folder);
  const of = (engine: string) => {
    const [artefacts] = JSON.parse(finished.stdout) as ProfileArtefacts[];
    const result = artefacts?.engines.find((each) => each.engine === engine);
    if (!result) throw new Error(`No result of ${engine}: ${finished.stdout}${finished.stderr}`);
    return result;
  };
  const read = (engine: string, kind: string) => {
    const { files, failure } = of(engine);
    if (files[kind] === undefined) throw new Error(`${engine} left no ${kind}: ${failure ?? JSON.stringify(files)}`);
    return readFileSync(files[kind], 'utf8');
  };
  return { finished, of, read };
}

/** Lines of folded stacks that hold all of these frames, their weight over that of all lines. */
function shareWith(folded: string, frames: readonly RegExp[]): number {
  let [all, some] = [0, 0];
  for (const line of folded.trim().split('\n')) {
    const weight = Number(line.slice(line.lastIndexOf(' ')));
    all += weight;
    if (frames.every((frame) => frame.test(line))) some += weight;
  }
  return some / all;
}

/** Maps of names in /tmp that node has left for a process which ran this project's code. */
function nameMaps(): string[] {
  return readdirSync('/tmp').filter((name) => {
    try {
      return /^perf-\d+\.map$/.test(name) && readFileSync(join('/tmp', name), 'utf8').includes(project.folder);
    } catch {
      return false; // Another test's process has removed it meanwhile.
    }
  });
}

const ALL = 'cpu heap heapdiff leaks account flame native timeline v8-profiler-next 0x clinic-doctor'.split(' ');

/** Engines whose tool this machine has not; where CI asks, every tool must be there. */
const ABSENT = process.env.CI === 'true' ? new Set<string>() : absentEngines();
const WITHOUT = 'its tool is not installed; run "forgebench doctor"';

function absentEngines(): Set<string> {
  const require = createRequire(import.meta.url);
  const packages = { 'v8-profiler-next': 'v8-profiler-next', '0x': '0x/cmd.js', 'clinic-doctor': 'clinic/bin.js' };
  const missing = Object.entries(packages).filter(([, file]) => {
    try {
      // Only the native one can be installed and yet not load; programs are not loaded, because they would run.
      if (file === 'v8-profiler-next') require(file);
      else require.resolve(file);
      return false;
    } catch {
      return true;
    }
  });
  const [perf = '', ...words] = perfCommand({ output: '/dev/null' });
  const recorded = spawnSync(perf, [...words, 'true']);
  return new Set([...missing.map(([engine]) => engine), ...(recorded.status === 0 ? [] : ['flame'])]);
}

describe('a workload in JavaScript under every engine', () => {
  let run: Profiled;

  beforeAll(async () => {
    run = await profile(project.folder, ['script/collatz', '--with', ALL.join(',')]);
  }, 180_000);

  it.for(ALL)('is profiled by %s', (engine, { skip }) => {
    skip(ABSENT.has(engine), WITHOUT);
    expect(run.of(engine)).not.toHaveProperty('failure');
    expect(run.of(engine)).not.toHaveProperty('warning');
  });

  it('ends with 0 where no engine failed', () => {
    const failed = ALL.some((engine) => run.of(engine).failure !== undefined);
    expect(run.finished.code, run.finished.stderr).toBe(failed ? 3 : 0);
  });

  it.for(['cpu', 'v8-profiler-next'])('has its function in the CPU profile of %s', (engine, { skip }) => {
    skip(ABSENT.has(engine), WITHOUT);
    const text = run.read(engine, 'cpuprofile');
    const recorded = JSON.parse(text) as { nodes: unknown[]; samples: unknown[]; timeDeltas: unknown[] };
    expect(recorded.nodes.length).toBeGreaterThan(5);
    expect(recorded.samples.length).toBeGreaterThan(100);
    expect(recorded.timeDeltas.length).toBe(recorded.samples.length);
    expect(importCpuProfile(text).frames.map(({ name }) => name)).toContain('collatzLengths');
  });

  it.for(['heap', 'v8-profiler-next'])('has a heap snapshot of %s that parses', (engine, { skip }) => {
    skip(ABSENT.has(engine), WITHOUT);
    const { snapshot, nodes } = JSON.parse(run.read(engine, 'heapsnapshot'));
    expect(snapshot.meta.node_fields).toContain('self_size');
    expect(nodes.length).toBe(snapshot.node_count * snapshot.meta.node_fields.length);
  });

  it.each(['flame', 'native'])('has its function in most stacks of %s', (engine) => {
    expect(run.of(engine).samples).toBeGreaterThan(100);
    // V8 may inline it into its caller `run`, which no sampler of native stacks can tell.
    expect(shareWith(run.read(engine, 'folded'), [/;(run|collatzLengths)\b/])).toBeGreaterThan(0.8);
    expect(run.read(engine, 'folded')).toContain('collatzLengths');
  });

  it.each(['flame', 'native'])('has a speedscope file of %s whose samples point at frames', (engine) => {
    const file = JSON.parse(run.read(engine, 'speedscope'));
    expect(file.$schema).toBe('https://www.speedscope.app/file-format-schema.json');
    const [first] = file.profiles;
    expect(first.type).toBe('sampled');
    expect(first.weights.length).toBe(first.samples.length);
    expect(Math.max(...first.samples.flat())).toBeLessThan(file.shared.frames.length);
  });

  it.each([
    ['flame', ABSENT.has('flame') ? 'sampler inside the process · ' : 'perf · '],
    ['native', 'sampler inside the process · '],
  ])('has a page of %s that needs no other file and says what saw it', (engine, recorder) => {
    const page = run.read(engine, 'flame');
    expect(page).not.toMatch(/(src|href)\s*=\s*["']?(https?:)?\/\//);
    expect(page).toContain('<h1>script/collatz</h1>');
    expect(page).toMatch(/cores · Linux /);
    expect(page).toContain(recorder);
    expect(page).toContain(run.of(engine).blind);
  });

  it('has a page of 0x with samples of its function', ({ skip }) => {
    skip(ABSENT.has('0x'), WITHOUT);
    expect(run.of('0x').samples).toBeGreaterThan(100);
    expect(run.read('0x', 'html')).toContain('collatzLengths');
  });

  it('has a page of clinic doctor with samples, and its verdict', ({ skip }) => {
    skip(ABSENT.has('clinic-doctor'), WITHOUT);
    const { samples, finding } = run.of('clinic-doctor');
    expect(samples).toBeGreaterThan(50);
    expect(finding).toMatch(/"(event-loop|none|io|gc|unknown|data)"/);
    expect(run.read('clinic-doctor', 'html')).toContain('id="clinic-data"');
  });

  it('leaves nothing of the tools behind', () => {
    expect(nameMaps()).toEqual([]);
    const left = readdirSync(project.folder).filter((name) => /isolate|node_trace|\.clinic|perf\.data/.test(name));
    expect(left).toEqual([]);
  });
});

describe('a workload in Rust', () => {
  const rust = makeProject();
  afterAll(() => rust.remove());
  let run: Profiled;

  beforeAll(async () => {
    cpSync(join(ROOT, 'benches'), join(rust.folder, 'benches'), { recursive: true });
    const engines = 'cpu,flame,native,0x,clinic-doctor';
    run = await profile(rust.folder, ['model/node-create[attributes=3,via=factory]', '--with', engines]);
  }, 180_000);

  it.each(['flame', 'native'])('stands in one stack with the JavaScript that called it, by %s', (engine) => {
    const { javascriptCallerShare, shares } = run.of(engine);
    expect(javascriptCallerShare).toBeGreaterThanOrEqual(0.95);
    expect(shares?.rust).toBeGreaterThan(0.1);
    // The function of this program that calls the addon, and below it the crate under test.
    expect(shareWith(run.read(engine, 'folded'), [/;profileWorkload;.*;mf_model::/])).toBeGreaterThan(0.5);
  });

  it('is booked to its caller by V8, which says so', () => {
    expect(run.of('cpu').blind).toContain('cannot see addons');
  });

  it.each(['0x', 'clinic-doctor'])('is nothing for %s, which costs its own result alone', (engine) => {
    expect(run.of(engine)).toMatchObject({ files: {}, failure: expect.stringContaining('not applicable') });
    expect(run.finished.code).toBe(3);
  });
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
    expect(samples).toBeGreaterThan(100);
    expect(run.read('flame', 'flame')).toContain('This is not perf');
    expect(run.read('flame', 'flame')).not.toContain('perf · ');
    expect(run.read('flame', 'folded')).toContain('collatzLengths');
  }, 60_000);
});

describe('a workload that fails', () => {
  it('fails with its own reason under every engine, even those that hide it', async () => {
    const engines = ALL.filter((engine) => engine === 'flame' || !ABSENT.has(engine));
    const run = await profile(project.folder, ['script/broken', '--with', engines.join(',')]);
    for (const engine of engines)
      expect(run.of(engine)).toMatchObject({ files: {}, failure: expect.stringContaining('broken on purpose') });
    expect(run.finished.code).toBe(3);
  }, 120_000);
});

describe('an engine that does not exist', () => {
  it('is refused with the names of those that do', async () => {
    const { code, stderr } = await forgebench(['profile', '--with', 'cpu,gpu'], project.folder);
    expect(code).toBe(2);
    expect(stderr).toContain(`Cannot profile with "gpu": the engines are ${ALL.join(', ')}`);
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
    await waitFor(() => !existsSync(`/proc/${target.pid}`), 5_000);
    await waitFor(() => !processes().some(({ words }) => words.some((word) => word.includes(inside))), 5_000);
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

async function waitFor<T>(look: () => T | undefined | false, limitMs: number): Promise<T> {
  for (const begun = Date.now(); Date.now() - begun < limitMs; ) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    await setTimeout(50);
  }
  throw new Error(`Nothing came within ${limitMs} ms`);
}
