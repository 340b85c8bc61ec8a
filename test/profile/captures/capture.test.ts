// Captures of this very process.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import Module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  importCpuProfile,
  importHeapProfile,
  openCapture,
  type Profile,
  type WatchedSpan,
} from '../../../src/profile/index.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'forgebench-capture-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function busy(milliseconds: number): number {
  const end = performance.now() + milliseconds;
  let sum = 0;
  while (performance.now() < end) sum += Math.sqrt(sum + 1);
  return sum;
}

/** Time of `busy` in nanoseconds, as the JSON of a profile tells it. */
function timeOfBusy(text: string): number {
  const profile = importCpuProfile(text);
  const at = profile.frames.findIndex(({ name }) => name === 'busy');
  const stacks = profile.threads[0]?.stacks.filter(({ frames }) => frames.includes(at)) ?? [];
  return stacks.reduce((sum, { weight }) => sum + weight, 0);
}

/** Makes arrays of 64 elements that nobody keeps; returns their bytes: 8 for each element, 16 for the array, 16 for the store. */
function makeGarbage(arrays: number): number {
  let last: unknown;
  for (let i = 0; i < arrays; i++) last = new Array(64).fill(i);
  return last === undefined ? 0 : arrays * (64 * 8 + 32 + 16);
}

async function capture(engine: string): Promise<{ read(kind: string): string; span: WatchedSpan }> {
  const opened = openCapture(engine);
  await opened.start();
  const startNs = Number(process.hrtime.bigint());
  busy(200);
  const span = { startNs, endNs: Number(process.hrtime.bigint()) };
  await opened.stop(span);
  const files = await opened.write(folder);
  return { span, read: (kind) => readFileSync(join(folder, files[kind] as string), 'utf8') };
}

describe('a capture', () => {
  it('of the processor sees the function that was busy', async () => {
    const { read } = await capture('cpu');
    expect(timeOfBusy(read('cpuprofile'))).toBeGreaterThan(100e6);
  });

  it('of the heap writes a snapshot that parses', async () => {
    const { read } = await capture('heap');
    expect(JSON.parse(read('heapsnapshot')).snapshot.node_count).toBeGreaterThan(1000);
  });

  it('of allocations sees garbage that was collected meanwhile, to the byte or so', async () => {
    const opened = openCapture('alloc');
    await opened.start();
    const startNs = Number(process.hrtime.bigint());
    const bytes = makeGarbage(200_000);
    await opened.stop({ startNs, endNs: Number(process.hrtime.bigint()) });
    const files = await opened.write(folder);
    const profile = importHeapProfile(readFileSync(join(folder, files.heapprofile as string), 'utf8'));
    const at = profile.frames.findIndex(({ name }) => name === 'makeGarbage');
    const seen = (profile.threads[0]?.stacks ?? []).filter(({ frames }) => frames.includes(at));
    const weight = seen.reduce((sum, stack) => sum + stack.weight, 0);
    expect(weight / bytes).toBeGreaterThan(0.85);
    expect(weight / bytes).toBeLessThan(1.15);
  });

  it('by v8-profiler-next writes profiles of the current format, and a snapshot', async () => {
    const { read } = await capture('v8-profiler-next');
    expect(importHeapProfile(read('heapprofile')).unit).toBe('bytes');
    expect(timeOfBusy(read('cpuprofile'))).toBeGreaterThan(100e6);
    expect(JSON.parse(read('heapsnapshot')).snapshot.node_count).toBeGreaterThan(1000);
  });

  it('by the sampler writes a profile of what ran in the span alone', async () => {
    const { read, span } = await capture('native');
    const { engine, threads } = JSON.parse(read('profile')) as Profile;
    expect(engine).toBe('native');
    const weight = threads.flatMap(({ stacks }) => stacks).reduce((sum, stack) => sum + stack.weight, 0);
    expect(weight).toBeGreaterThan(0);
    expect(weight).toBeLessThan((span.endNs - span.startNs) * 1.1);
  });

  it('by a package that does not load says why, and what to do', () => {
    const { _load: load } = Module as unknown as { _load: (...words: unknown[]) => unknown };
    const broken = (name: unknown, ...rest: unknown[]) => {
      if (name === 'v8-profiler-next') throw new Error('Cannot find module profiler.node\nRequire stack: …');
      return load(name, ...rest);
    };
    Object.assign(Module, { _load: broken });
    try {
      expect(() => openCapture('v8-profiler-next')).toThrow(
        /^Cannot load v8-profiler-next: Cannot find module profiler.node; run "npm install/,
      );
    } finally {
      Object.assign(Module, { _load: load });
    }
  });

  it('by another name is refused with the names there are', () => {
    expect(() => openCapture('gpu')).toThrow(
      'Cannot capture "gpu": no such profiler in the worker; use one of alloc, border, cpu, heap, metrics, native, rust-alloc, timeline, v8-profiler-next',
    );
  });
});
