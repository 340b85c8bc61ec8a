// What a user's own addon allocates, built outside the workspace with forgebench-border and nothing else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProfile, totalWeight } from '../../src/profile/index.js';
import { type Profiled, profile } from './profiled.js';
import { buildCountedAddon, makeProject } from './project.js';

const project = makeProject('counted');
afterAll(() => project.remove());

describe('profile --with rust-alloc over an addon of the user', () => {
  let run: Profiled;
  beforeAll(async () => {
    buildCountedAddon(project.folder);
    run = await profile(project.folder, ['counted/fill', '--quick', '--with', 'rust-alloc']);
  }, 400_000);

  it('finds the one vector of 2,000 numbers that its body makes, in bytes and in calls', () => {
    expect(run.finished.code, run.finished.stderr).toBe(0);
    const tolerance = 4 / Math.sqrt(run.of('rust-alloc').samples as number);
    const [bytes, calls] = ['profile', 'callsProfile'].map((kind) => readProfile(run.read('rust-alloc', kind)));
    if (!bytes?.operations || !calls) throw new Error('the operations are missing');
    expect(Math.abs(totalWeight(bytes) / bytes.operations / 16_000 - 1)).toBeLessThan(tolerance);
    expect(Math.abs(totalWeight(calls) / bytes.operations - 1)).toBeLessThan(tolerance);
  });

  it('shows it in one stack with its JavaScript caller, and without a warning', () => {
    expect(run.of('rust-alloc')).not.toHaveProperty('warning');
    expect(run.of('rust-alloc').javascriptCallerShare).toBeGreaterThanOrEqual(0.97);
    expect(run.read('rust-alloc', 'folded')).toMatch(/;profileWorkload;.*;counted_addon::workloads::run;/);
  });
});

describe('profile --with rust-alloc over a command', () => {
  it('is refused with what to use', async () => {
    const { finished, of } = await profile(project.folder, ['other/true', '--quick', '--with', 'rust-alloc']);
    expect(finished.code).toBe(3);
    expect(of('rust-alloc').failure).toContain('it is another process');
  });
});
