// Engines that share a launch, engines that fail, and what is told of a profile.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { addonFile } from '../../src/native/index.js';
import { importProfile, type Profile, readProfile, totalWeight } from '../../src/profile/index.js';
import { type CaseToProfile, type EngineChoice, type ProfileOptions, profileCase } from '../../src/run/index.js';
import { callerFacts, cost } from '../../src/run/profiling/profile-facts.js';
import { benchmarkOf } from '../statistics/case.js';
import { profileOptions } from './profiling/profile-options.js';

const scratch = mkdtempSync(join(tmpdir(), 'forgebench-profile-case-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const spin = { id: 'self/spin[ns=1000]', parameters: { ns: 1000 }, category: 'micro' as const };
const benchmark = benchmarkOf([spin], {
  workload: { kind: 'native', addon: addonFile('engine', '.'), id: 'self/spin' },
});

let job: CaseToProfile;
const named = (...names: string[]): EngineChoice[] => names.map((name) => ({ name, ofGroup: false }));

let launches: (readonly string[])[];
let options: ProfileOptions;
beforeEach(() => {
  const folder = mkdtempSync(join(scratch, 'case-'));
  job = { benchmark, case: spin, index: 0, folder, durationNs: 100e6 };
  launches = [];
  options = { ...profileOptions(join(scratch, 'cwd')), onEngine: (engines) => launches.push(engines) };
});

describe('profiling a case', () => {
  it('serves CPU profile and heap snapshot with one launch, in the order that was asked for', async () => {
    const results = await profileCase(job, named('heap', 'cpu'), options);
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
    const [cpu, heap] = await profileCase(job, named('cpu', 'heap'), options);
    expect(cpu).not.toHaveProperty('failure');
    expect(cpu?.samples).toBeGreaterThan(10);
    expect(heap).toMatchObject({ engine: 'heap', files: {}, failure: expect.stringContaining('heap.heapsnapshot') });
  });

  it('leaves nothing in the folder in which workers ran', async () => {
    await profileCase(job, named('cpu', 'native'), options);
    expect(readdirSync(options.cwd)).toEqual([]);
  });

  it('leaves the profile itself, its hotspots and the formats that were asked for, and says which cannot be', async () => {
    const [cpu] = await profileCase(job, named('cpu'), { ...options, formats: ['pprof', 'heapprofile'] });
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

  it('leaves an engine out that a group brought and that does not apply, and fails one that was named', async () => {
    const choices = [{ name: '0x', ofGroup: true }, ...named('border')];
    const [left, failed] = await profileCase(job, choices, options);
    expect(left).toEqual({ engine: '0x', files: {}, skipped: expect.stringContaining('not applicable') });
    expect(failed).toEqual({ engine: 'border', files: {}, failure: expect.stringContaining('not applicable') });
    expect(launches).toEqual([]);
  });

  it('says what each engine cost, and which share of its samples has the name of a function', async () => {
    const [cpu, heap] = await profileCase(job, named('cpu', 'heap'), options);
    expect(cpu).toMatchObject({ slowdown: expect.any(Number), cpuSlowdown: expect.any(Number) });
    expect(cpu?.attributedShare).toBeGreaterThan(0.9);
    expect(heap).not.toHaveProperty('slowdown');
  });

  it('says what a time line cost against a launch of its own, and nothing where nobody asks', async () => {
    const [timeline] = await profileCase(job, named('timeline'), options);
    expect(timeline).toMatchObject({ slowdown: expect.any(Number), cpuSlowdown: expect.any(Number) });
    const [unasked] = await profileCase(job, named('timeline'), { ...options, tellsCost: false });
    expect(unasked).not.toHaveProperty('failure');
    expect(unasked).not.toHaveProperty('slowdown');
  });

  it('serves all views of memory with one launch', async () => {
    const results = await profileCase(job, named('account', 'leaks', 'heapdiff'), options);
    expect(results.map(({ engine, failure }) => [engine, failure])).toEqual([
      ['account', undefined],
      ['leaks', undefined],
      ['heapdiff', undefined],
    ]);
    expect(launches).toEqual([['heapdiff', 'leaks', 'account']]);
  });

  it('starts no engine after an interrupt', async () => {
    expect(await profileCase(job, named('cpu', 'native'), { ...options, signal: AbortSignal.abort() })).toEqual([]);
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
  it('warns where fewer than 97 % of the samples show their JavaScript caller', () => {
    expect(callerFacts(withCallers(97))).toEqual({ javascriptCallerShare: 0.97 });
    const { javascriptCallerShare, warning } = callerFacts(withCallers(96));
    expect(javascriptCallerShare).toBe(0.96);
    expect(warning).toMatch(/^4 % of the samples show no JavaScript caller/);
  });

  it('gives time and processor time of an operation as multiples of those that nobody watched', () => {
    const span = (iterations: number, [wallNs, cpuNs, queuedNs]: [number, number, number]) => ({
      iterations,
      operationsPerIteration: 5,
      startNs: 1000,
      endNs: 1000 + wallNs,
      cpuNs,
      queuedNs,
    });
    // Another program had the core for 4000 of the 10,000 ns.
    const watched = { kind: 'profile' as const, ...span(10, [10_000, 6300, 4000]), files: {} };
    const clean = [span(4, [2000, 2400, 0]), span(6, [3000, 3600, 0])];
    expect(cost({ ...watched, clean })).toEqual({ slowdown: 1.2, cpuSlowdown: 1.05 });
    expect(cost(watched, clean)).toEqual({ slowdown: 1.2, cpuSlowdown: 1.05 });
    expect(cost(watched)).toEqual({});
  });
});
