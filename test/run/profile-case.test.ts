// Engines that share a launch, engines that fail, and what is told of a profile.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Benchmark } from '../../src/definition/index.js';
import { addonFile } from '../../src/native/index.js';
import { importProfile, type Profile, readProfile, totalWeight } from '../../src/profile/index.js';
import { type ProfileJob, type ProfileOptions, profileCase } from '../../src/run/index.js';
import { callerFacts, slowdown } from '../../src/run/profiling/profile-facts.js';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'forgebench-profile-case-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const spin = { id: 'self/spin[ns=1000]', parameters: { ns: 1000 }, category: 'micro' as const };
const benchmark: Benchmark = {
  id: 'self/spin',
  suite: 'self',
  name: 'spin',
  crate: undefined,
  why: 'Is the launch shared?',
  priority: undefined,
  operation: 'one spin',
  category: 'micro',
  tags: [],
  targets: [],
  scaling: undefined,
  figures: {},
  findings: [],
  workload: { kind: 'native', addon: addonFile('engine', '.'), id: 'self/spin' },
  cases: [spin],
  profiled: spin,
  expects: undefined,
  declaredAt: 'profile-case.test.ts:1',
};

let job: ProfileJob;
let launches: (readonly string[])[];
let options: ProfileOptions;
beforeEach(() => {
  const folder = mkdtempSync(join(scratch, 'case-'));
  job = { benchmark, case: spin, index: 0, folder, timedNs: 1000, durationNs: 100e6 };
  launches = [];
  options = {
    worker: join(DIST, 'worker/main.js'),
    standalone: join(DIST, 'worker/standalone.js'),
    cwd: join(scratch, 'cwd'),
    signal: new AbortController().signal,
    ownFolders: [DIST],
    flameClient: { script: '', style: '' },
    timelineClient: { script: '', style: '' },
    onEngine: (engines) => launches.push(engines),
  };
});

describe('profiling a case', () => {
  it('serves CPU profile and heap snapshot with one launch, in the order that was asked for', async () => {
    const results = await profileCase(job, ['heap', 'cpu'], options);
    expect(results.map(({ engine, failure }) => [engine, failure])).toEqual([
      ['heap', undefined],
      ['cpu', undefined],
    ]);
    expect(launches).toEqual([['cpu', 'heap']]);
    expect(existsSync(join(job.folder, 'heap.heapsnapshot'))).toBe(true);
    const { nodes } = JSON.parse(readFileSync(join(job.folder, 'cpu.cpuprofile'), 'utf8'));
    const names = nodes.map((node: { callFrame: { functionName: string } }) => node.callFrame.functionName);
    expect(names).toContain('profileWorkload');
    // The snapshot is taken when the profiler has ended.
    expect(names).not.toContain('writeHeapSnapshot');
  });

  it('lets an engine fail alone although it shared the launch', async () => {
    mkdirSync(join(job.folder, 'heap.heapsnapshot'));
    const [cpu, heap] = await profileCase(job, ['cpu', 'heap'], options);
    expect(cpu).not.toHaveProperty('failure');
    expect(cpu?.samples).toBeGreaterThan(10);
    expect(heap).toMatchObject({ engine: 'heap', files: {}, failure: expect.stringContaining('heap.heapsnapshot') });
  });

  it('leaves nothing in the folder in which workers ran', async () => {
    await profileCase(job, ['cpu', 'native'], options);
    expect(readdirSync(options.cwd)).toEqual([]);
  });

  it('leaves the profile itself, its hotspots and the formats that were asked for, and says which cannot be', async () => {
    const [cpu] = await profileCase(job, ['cpu'], { ...options, formats: ['pprof', 'heapprofile'] });
    const read = (kind: string) => readFileSync(join(job.folder, cpu?.files[kind] as string));
    const profile = readProfile(read('profile').toString());
    expect(profile.unit).toBe('nanoseconds');
    expect(read('hotspots').toString()).toContain('profileWorkload');
    expect(totalWeight(importProfile(read('pprof')).profile)).toBe(totalWeight(profile));
    expect(totalWeight(importProfile(read('cpuprofile')).profile)).toBe(totalWeight(profile));
    expect(cpu?.files).not.toHaveProperty('heapprofile');
    expect(cpu?.warning).toContain('Cannot write a heap profile: the weights are nanoseconds');
    expect(cpu).not.toHaveProperty('failure');
  });

  it('starts no engine after an interrupt', async () => {
    expect(await profileCase(job, ['cpu', 'native'], { ...options, signal: AbortSignal.abort() })).toEqual([]);
    expect(launches).toEqual([]);
  });
});

/** A profile of 100 samples, of which so many show their JavaScript caller. */
function withCallers(callers: number): Profile {
  const frames: Profile['frames'] = [
    { name: 'run', origin: 'user' },
    { name: 'work', origin: 'rust' },
  ];
  const stacks = [
    { frames: [0, 1], weight: callers, samples: callers },
    { frames: [1], weight: 100 - callers, samples: 100 - callers },
  ];
  const threads = [{ name: 'node', id: 1, javascript: true, stacks }];
  return { engine: 'perf', unit: 'nanoseconds', interval: 1e6, frames, threads };
}

describe('what is told of a profile', () => {
  it('warns where fewer than 95 % of the samples show their JavaScript caller', () => {
    expect(callerFacts(withCallers(95))).toEqual({ javascriptCallerShare: 0.95 });
    const { javascriptCallerShare, warning } = callerFacts(withCallers(94));
    expect(javascriptCallerShare).toBe(0.94);
    expect(warning).toMatch(/^6 % of the samples show no JavaScript caller/);
  });

  it('gives the time of an operation as a multiple of the timed one, and nothing where none was timed', () => {
    const profiled = {
      kind: 'profile' as const,
      iterations: 10,
      operationsPerIteration: 5,
      startNs: 1000,
      endNs: 7000,
      files: {},
    };
    expect(slowdown({ ...job, timedNs: 100 }, profiled)).toEqual({ slowdown: 1.2 });
    expect(slowdown({ ...job, timedNs: undefined }, profiled)).toEqual({});
  });
});
