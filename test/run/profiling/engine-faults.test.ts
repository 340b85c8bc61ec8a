// Every engine whose tool is missing, fails, is killed, hangs, or writes too little or too much: a clear record each time.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Benchmark } from '../../../src/definition/index.js';
import { addonFile } from '../../../src/native/index.js';
import type { EngineResult } from '../../../src/profile/index.js';
import { type CaseToProfile, PROFILE_ENGINES, type ProfileOptions, profileCase } from '../../../src/run/index.js';
import { perfTrouble } from '../../../src/run/profiling/perf-trouble.js';
import type { Parameters } from '../../../src/samples/index.js';
import { benchmarkOf } from '../../statistics/case.js';
import { profileOptions } from './profile-options.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'forgebench-engine-faults-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Engines inside the worker; the others are programs. */
const MEMORY_VIEWS = ['heapdiff', 'leaks', 'account'];
const IN_WORKER = [
  ...[
    'cpu',
    'heap',
    'alloc',
    'rust-alloc',
    ...MEMORY_VIEWS,
    'timeline',
    'native',
    'v8-profiler-next',
    'border',
    'metrics',
  ],
];
const PERF = ['flame', 'offcpu', 'capture'];
const VALGRIND = ['callgrind', 'cachegrind', 'massif', 'memcheck'];
const NODE_TOOLS = ['0x', 'clinic-doctor', 'clinic-flame', 'clinic-bubbleprof', 'clinic-heapprofiler'];
const ALL = PROFILE_ENGINES.map(({ name }) => name);

const native = { kind: 'native' as const, addon: addonFile('engine', '.'), id: 'self/spin', runner: '/bin/true' };
const module = {
  kind: 'module' as const,
  file: join(FIXTURES, 'profiled/collatz.mjs'),
  export: 'collatz',
  concurrency: 1,
};

function benchmarkWith(workload: Benchmark['workload']): Benchmark {
  const parameters: Parameters = workload.kind === 'native' ? { ns: 1000 } : {};
  return benchmarkOf([{ id: 'self/spin', parameters, category: 'micro' }], { workload });
}

const PATH = process.env.PATH;
let fakes: string;
beforeAll(async () => {
  fakes = join(scratch, 'bin');
  mkdirSync(fakes);
  const script = `#!/bin/sh\nexec "${process.execPath}" "${FIXTURES}fake-tool.mjs" "$@"\n`;
  writeFileSync(join(fakes, 'setpriv'), script, { mode: 0o755 });
  // Tried with the real programs, once for this process.
  await Promise.all([perfTrouble(), perfTrouble({ waiting: true })]);
});

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(scratch, 'cwd-'));
});
afterEach(() => {
  process.env.PATH = PATH;
  delete process.env.FAULT;
});

/** Profiles with one engine whose tool, or whose worker, has the fault. */
async function withFault(
  engine: string,
  fault: string,
  { timeLimitMs = 60_000, path = `${fakes}:${PATH}` } = {},
): Promise<EngineResult> {
  const workload = [...NODE_TOOLS, 'border'].includes(engine) ? module : native;
  const benchmark = benchmarkWith(workload);
  const folder = mkdtempSync(join(scratch, 'case-'));
  const job: CaseToProfile = { benchmark, case: benchmark.cases[0] as never, index: 0, folder, durationNs: 50e6 };
  const options: ProfileOptions = {
    ...profileOptions(cwd),
    ...(IN_WORKER.includes(engine) && { worker: join(FIXTURES, 'fake-worker.mjs') }),
    timeLimitMs,
  };
  process.env.FAULT = fault;
  if (!IN_WORKER.includes(engine)) process.env.PATH = path;
  const [result] = await profileCase(job, [{ name: engine, ofGroup: false }], options);
  expect(readdirSync(cwd)).toEqual([]);
  return result as EngineResult;
}

describe.each(ALL)('%s', (engine) => {
  it.each([
    ['exits', /exit code 7.*the tool is broken/s],
    ['killed', /killed/],
    ['enormous', /more than 2(\.\d+)? GiB, which no engine may/],
  ])('whose tool is faulty (%s) fails with what became of it', async (fault, reason) => {
    expect(await withFault(engine, fault)).toMatchObject({ engine, files: {}, failure: expect.stringMatching(reason) });
  });

  it('whose tool hangs is ended after its time', async () => {
    // The clean launch before has the same limit and must not run into it.
    const limit = IN_WORKER.includes(engine) ? 1_500 : 8_000;
    const { failure } = await withFault(engine, 'hangs', { timeLimitMs: limit });
    expect(failure).toMatch(/within \d+(\.\d)? s/);
  });

  it.each(['truncated', 'nothing', 'huge'])('whose tool leaves too little or too much (%s) says so', async (fault) => {
    // Nothing reads a snapshot as a whole, and its size is the heap's.
    const result = await withFault(engine, fault);
    const said = result.failure ?? result.warning ?? '';
    expect(said).toMatch(/Cannot (read|use)|cannot be read|without a|not written|saw no sample|has counted nothing/);
    expect(result.failure === undefined).toBe(engine === 'flame');
  });
});

describe('a machine without setpriv, perf and valgrind', () => {
  it.each([...NODE_TOOLS, ...VALGRIND, ...PERF])('fails %s with what to run', async (engine) => {
    const empty = join(scratch, 'empty');
    mkdirSync(empty, { recursive: true });
    const { failure } = await withFault(engine, 'exits', { path: empty });
    expect(failure).toMatch(/setpriv: not found/);
  });
});
