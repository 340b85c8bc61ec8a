// The engine rust-alloc over workloads whose allocations are known, counted, or hidden.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Benchmark } from '../../../src/definition/index.js';
import { addonFile } from '../../../src/native/index.js';
import { type EngineResult, importProfile, readProfile, totalWeight } from '../../../src/profile/index.js';
import { launch, type ProfileOptions, profileCase } from '../../../src/run/index.js';
import { type Timing, WIRE_VERSION } from '../../../src/samples/index.js';
import { benchmarkOf } from '../../statistics/case.js';
import { profileOptions } from './profile-options.js';

const scratch = mkdtempSync(join(tmpdir(), 'forgebench-rust-allocations-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const options: ProfileOptions = { ...profileOptions(join(scratch, 'cwd')), formats: ['pprof', 'heapprofile'] };

const its = { id: 'self/allocate[small=64]', parameters: { small: 64 }, category: 'micro' as const };

async function profile(
  workload: Benchmark['workload'],
  by = options,
): Promise<{ result: EngineResult; read(kind: string): Buffer }> {
  const folder = mkdtempSync(join(scratch, 'case-'));
  const job = { benchmark: benchmarkOf([its], { workload }), case: its, index: 0, folder, durationNs: 300e6 };
  const [result] = await profileCase(job, [{ name: 'rust-alloc', ofGroup: false }], by);
  const read = (kind: string) => readFileSync(join(folder, result?.files[kind] as string));
  return { result: result as EngineResult, read };
}

const native = { kind: 'native' as const, addon: addonFile('engine', '.'), id: 'self/allocate' };

describe('the engine rust-alloc', () => {
  let result: EngineResult;
  let read: (kind: string) => Buffer;
  beforeAll(async () => {
    ({ result, read } = await profile(native));
  }, 60_000);

  it('tells what it cost, whom it saw, and what it cannot see', () => {
    expect(result).toMatchObject({
      engine: 'rust-alloc',
      intervalBytes: 65_536,
      operations: expect.any(Number),
      slowdown: expect.any(Number),
      cpuSlowdown: expect.any(Number),
      blind: expect.stringContaining('no C in them'),
      finding: expect.stringMatching(
        /per operation in .* allocations, to within .*inputs and drops, which are left out/,
      ),
    });
    expect(result).not.toHaveProperty('warning');
    expect(result.javascriptCallerShare).toBeGreaterThan(0.97);
    // The vector that keeps outputs grows a few times, which a sample may or may not see.
    expect(result.table?.rows.slice(0, 2).map(([name]) => name)).toEqual([
      'forgebench_self_workloads::large_block',
      'forgebench_self_workloads::small_blocks',
    ]);
  });

  it('agrees with what a timed launch counts of an operation, to within four standard errors', async () => {
    const record = await launch(
      {
        ...{ version: WIRE_VERSION, index: 0, caseId: its.id, kind: 'time', workload: native, timeoutMs: 30_000 },
        ...{ parameters: its.parameters, warmUpNs: 1e6, measureNs: 20e6, samples: 5, countNs: 20e6 },
      },
      options,
    );
    if (record.outcome.status !== 'ok') throw new Error(record.outcome.failure.message);
    const { counts } = record.outcome.result as Timing;
    const tolerance = 4 / Math.sqrt(result.samples as number);
    const bytes = readProfile(read('profile').toString());
    expect(counts?.allocatedBytes).toBe(64 * 64 * 4);
    expect(Math.abs(totalWeight(bytes) / (bytes.operations as number) / 16_384 - 1)).toBeLessThan(tolerance);
    const calls = readProfile(read('callsProfile').toString());
    expect([calls.unit, counts?.allocations]).toEqual(['allocations', 65]);
    // Calls are told by the quarter of the samples that are of small blocks.
    expect(Math.abs(totalWeight(calls) / (calls.operations as number) / 65 - 1)).toBeLessThan(tolerance * 2);
  });

  it('leaves both graphs in every format that can hold them, with equal totals', () => {
    const [bytes, calls] = [readProfile(read('profile').toString()), readProfile(read('callsProfile').toString())];
    expect(totalWeight(importProfile(read('pprof')).profile)).toBe(totalWeight(bytes));
    expect(totalWeight(importProfile(read('heapprofile')).profile)).toBe(totalWeight(bytes));
    expect(totalWeight(importProfile(read('folded')).profile)).toBe(totalWeight(bytes));
    const { unit, ...back } = importProfile(read('callsPprof')).profile;
    expect([unit, totalWeight({ unit, ...back })]).toEqual(['allocations', totalWeight(calls)]);
    for (const kind of ['flame', 'callsFlame', 'hotspots', 'speedscope'])
      expect(read(kind).length).toBeGreaterThan(100);
  });
});

/** A worker with an addon of an older version: no allocator is found, so nothing is sampled. */
const OLDER = `
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
const { capture } = JSON.parse(readFileSync(0, 'utf8'));
const write = (name, value) => writeFileSync(capture.folder + '/' + name, JSON.stringify(value));
write('p', { engine: 'rust-alloc', unit: 'bytes', interval: 65536, frames: [], threads: [] });
write('c', { addons: [], countedBytes: 0, countedCalls: 0, sampledBytes: 0, sampledCalls: 0, samples: 0 });
const span = { iterations: 1, operationsPerIteration: 1, startNs: 1, endNs: 2, cpuNs: 1, queuedNs: 0 };
const files = { 'rust-alloc': { profile: 'p', counts: 'c' } };
writeSync(3, JSON.stringify({ status: 'ok', result: { kind: 'profile', ...span, files } }) + '\\n');
`;

describe('the engine rust-alloc where nobody counts', () => {
  it('fails for an addon that was not among those that were watched, with what to do', async () => {
    const worker = join(scratch, 'older.mjs');
    writeFileSync(worker, OLDER);
    const { result } = await profile(native, { ...options, worker });
    expect(result.failure).toMatch(/^Cannot sample what ".*\.node" allocates: it does not count that; build it with/);
  });

  it('says of JavaScript that it opens no such addon, and sees one that it opens', async () => {
    const script = { kind: 'module' as const, file: join(scratch, 'body.mjs'), export: 'body', concurrency: 1 };
    writeFileSync(script.file, 'export const body = () => ({ run: () => 5, verify() {} });');
    expect((await profile(script)).result).toMatchObject({
      files: {},
      finding: expect.stringContaining('opens no addon'),
    });
    cpSync(addonFile('engine', '.'), join(scratch, 'user.node'));
    const opens = { ...script, file: join(scratch, 'opens.mjs') };
    writeFileSync(
      opens.file,
      `import { createRequire } from 'node:module';
      const addon = createRequire(import.meta.url)('./user.node');
      export const body = () => ({ run: function asksForBlocks() { return addon.profile('self/allocate', '{"small":64}', 1e6).iterations; }, verify() {} });`,
    );
    const { result, read } = await profile(opens);
    expect(result).not.toHaveProperty('failure');
    expect(read('folded').toString()).toMatch(/;asksForBlocks;.*;forgebench_self_workloads::small_blocks;/);
    expect(result.javascriptCallerShare).toBeGreaterThan(0.97);
  });
});
