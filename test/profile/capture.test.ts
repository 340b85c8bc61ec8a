// Captures of this very process.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importCpuProfile, openCapture } from '../../src/profile/index.js';

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

describe('a capture', () => {
  it('of the processor sees the function that was busy', async () => {
    const capture = openCapture('cpu');
    await capture.start();
    busy(200);
    const files = await capture.stop(folder);
    const profile = importCpuProfile(readFileSync(join(folder, files.cpuprofile as string), 'utf8'));
    const at = profile.frames.findIndex(({ name }) => name === 'busy');
    const stacks = profile.threads[0]?.stacks.filter(({ frames }) => frames.includes(at)) ?? [];
    const seen = stacks.reduce((sum, { weight }) => sum + weight, 0);
    expect(seen).toBeGreaterThan(100e6);
  });

  it('of the heap writes a snapshot that parses', async () => {
    const capture = openCapture('heap');
    await capture.start();
    const files = await capture.stop(folder);
    const snapshot = JSON.parse(readFileSync(join(folder, files.heapsnapshot as string), 'utf8'));
    expect(snapshot.snapshot.node_count).toBeGreaterThan(1000);
  });

  it('by another name is refused with the names there are', () => {
    expect(() => openCapture('gpu')).toThrow('Cannot capture "gpu": no such profiler in the worker; use cpu or heap');
  });
});
