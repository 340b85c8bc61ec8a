// Every engine with its real tool, over JavaScript and over Rust.
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importCpuProfile, importHeapProfile, importProfile } from '../../src/profile/index.js';
import { ABSENT, ALL, ENOUGH, type Profiled, profile, shareWith, VALGRIND, WITHOUT } from './profiled.js';
import { makeProject, ROOT } from './project.js';

const project = makeProject('profiled');
afterAll(() => project.remove());

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

describe('a workload in JavaScript under every engine', () => {
  let run: Profiled;

  beforeAll(async () => {
    run = await profile(project.folder, ['script/collatz', '--with', 'all']);
  }, 400_000);

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
    expect(recorded.samples.length).toBeGreaterThan(ENOUGH);
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
    expect(run.of(engine).samples).toBeGreaterThan(ENOUGH);
    expect(shareWith(run.read(engine, 'folded'), [/;collatzLengths\b/])).toBeGreaterThan(0.8);
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
    expect(run.of('0x').samples).toBeGreaterThan(ENOUGH);
    expect(run.read('0x', 'html')).toContain('collatzLengths');
  });

  it('has a page of clinic doctor with samples, and its verdict', ({ skip }) => {
    skip(ABSENT.has('clinic-doctor'), WITHOUT);
    const { samples, finding } = run.of('clinic-doctor');
    expect(samples).toBeGreaterThan(ENOUGH);
    expect(finding).toMatch(/"(event-loop|none|io|gc|unknown|data)"/);
    expect(run.read('clinic-doctor', 'html')).toContain('id="clinic-data"');
  });

  it('leaves out what does not apply to it, with a remark that is no failure', () => {
    for (const engine of VALGRIND)
      expect(run.of(engine)).toEqual({ engine, files: {}, skipped: expect.stringContaining('not applicable') });
  });

  it.for(['cpu', 'alloc', 'flame', 'native', 'v8-profiler-next', '0x'])('is told what %s cost', (engine, { skip }) => {
    skip(ABSENT.has(engine), WITHOUT);
    const { slowdown, cpuSlowdown } = run.of(engine);
    expect(slowdown).toBeGreaterThan(0.5);
    expect(cpuSlowdown).toBeGreaterThan(0.5);
  });

  it('has its allocations in bytes, with a flame graph', () => {
    const { finding, intervalBytes } = run.of('alloc');
    expect(intervalBytes).toBe(65536);
    expect(finding).toMatch(/per operation|too little/);
    expect(importHeapProfile(run.read('alloc', 'heapprofile')).unit).toBe('bytes');
    expect(run.read('alloc', 'flame')).toMatch(/V8.{1,6}s allocation sampler/);
  });

  it.for(['clinic-flame', 'clinic-bubbleprof', 'clinic-heapprofiler'])('has a page of %s', (engine, { skip }) => {
    skip(ABSENT.has(engine), WITHOUT);
    expect(run.read(engine, 'html').length).toBeGreaterThan(100_000);
  });

  it('is seen waiting by offcpu where it stood in line for a core', ({ skip }) => {
    skip(ABSENT.has('offcpu'), WITHOUT);
    expect(run.of('offcpu').finding).toMatch(/on no core for \d/);
    expect(run.read('offcpu', 'folded')).toMatch(/schedule/);
  });

  it('leaves nothing of the tools behind', () => {
    expect(nameMaps()).toEqual([]);
    const left = readdirSync(project.folder).filter((name) => /isolate|node_trace|\.clinic|perf\.data/.test(name));
    expect(left).toEqual([]);
  });
});

describe('native code deeper on the stack than what is copied of it', () => {
  it('is recorded once more with deeper copies, so that its JavaScript caller is there', async ({ skip }) => {
    skip(ABSENT.has('flame'), WITHOUT);
    const run = await profile(project.folder, ['script/nested', '--with', 'flame']);
    expect(run.of('flame').javascriptCallerShare).toBeGreaterThanOrEqual(0.97);
  }, 200_000);
});

describe('a command', () => {
  it('is what its own processes do, without the worker and the program that start it', async ({ skip }) => {
    skip(ABSENT.has('flame'), WITHOUT);
    const run = await profile(project.folder, ['program/count', '--quick', '--with', 'flame']);
    expect(run.of('flame').samples).toBeGreaterThan(ENOUGH);
    const folded = run.read('flame', 'folded');
    expect(shareWith(folded, [/^sh /])).toBeGreaterThan(0.9);
    expect(folded).not.toMatch(/executeCommand|forgebench-exec/);
  });
});

describe('a workload in Rust', () => {
  const rust = makeProject();
  afterAll(() => rust.remove());
  let run: Profiled;

  beforeAll(async () => {
    cpSync(join(ROOT, 'benches'), join(rust.folder, 'benches'), { recursive: true });
    const engines = `cpu,flame,native,0x,clinic-doctor,${VALGRIND.join(',')}`;
    run = await profile(rust.folder, ['model/node-create[attributes=3,via=factory]', '--with', engines]);
  }, 400_000);

  it.each(['flame', 'native'])('stands in one stack with the JavaScript that called it, by %s', (engine) => {
    const { javascriptCallerShare, shares } = run.of(engine);
    expect(javascriptCallerShare).toBeGreaterThanOrEqual(0.97);
    expect(shares?.rust).toBeGreaterThan(0.1);
    // The function of this program that calls the addon, and below it the crate under test.
    expect(shareWith(run.read(engine, 'folded'), [/;profileWorkload;.*;mf_model::/])).toBeGreaterThan(0.5);
  });

  it.for([
    ['callgrind', 'callgrind', /^[\d,.]+k? instructions per operation .*mf_model|hash/],
    ['cachegrind', 'cachegrind', /^Missed the first cache: \d/],
    ['massif', 'massif', /^The heap had .* at its peak; most for .*(mf_model|rpds|forgebench)/],
    ['memcheck', 'memcheck', /^0 errors of memory, 0 B definitely lost in [\d,]+ operations/],
  ] as const)('is watched by %s, which sums up what it saw', ([engine, kind, finding], { skip }) => {
    skip(ABSENT.has(engine), WITHOUT);
    expect(run.of(engine)).not.toHaveProperty('failure');
    expect(run.of(engine).finding).toMatch(finding);
    expect(run.read(engine, kind).length).toBeGreaterThan(500);
  });

  it.for(['callgrind', 'massif'])('has what %s saw as a profile that can be read again', (engine, { skip }) => {
    skip(ABSENT.has(engine), WITHOUT);
    const { profile } = importProfile(Buffer.from(run.read(engine, 'profile')));
    expect(profile.frames.some(({ origin }) => origin === 'rust')).toBe(true);
    expect(run.read(engine, 'hotspots')).toContain(`seen by ${engine}`);
  });

  it('is booked to its caller by V8, which says so', () => {
    expect(run.of('cpu').blind).toContain('cannot see addons');
  });

  it.each(['0x', 'clinic-doctor'])('is nothing for %s, which costs its own result alone', (engine) => {
    expect(run.of(engine)).toMatchObject({ files: {}, failure: expect.stringContaining('not applicable') });
    expect(run.finished.code).toBe(3);
  });
});
