// The machine and the versions that figures belong to.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readEnvironment } from '../../src/run/index.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forgebench-environment-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const read = () =>
  readEnvironment({ forgebench: '1.2.3', subjects: { 'moduforge-model': '0.7.0' }, root, workloads: {} });

describe('the environment', () => {
  it('holds what the caller knows and what the machine tells', () => {
    expect(read()).toMatchObject({
      forgebench: '1.2.3',
      subjects: { 'moduforge-model': '0.7.0' },
      node: process.versions.node,
      architecture: process.arch,
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('names the compiler that built the addons, whichever is installed now', () => {
    vi.stubEnv('PATH', root);
    expect(read().rustc).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('guesses nothing: what is missing is null', () => {
    vi.stubEnv('PATH', root);
    expect(read()).toMatchObject({ commit: null });
  });

  it('names the commit, and that the folder has changes', () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: root });
    expect(read().commit).toBeNull();
    git('init', '-q');
    writeFileSync(join(root, 'a'), '1');
    git('add', 'a');
    git('commit', '-q', '-m', 'a');
    expect(read().commit).toMatch(/^[0-9a-f]{12}$/);
    writeFileSync(join(root, 'a'), '2');
    expect(read().commit).toMatch(/^[0-9a-f]{12}-dirty$/);
  });

  it('has a fingerprint of what is stable: neither subjects nor load nor commit change it', () => {
    const other = readEnvironment({ forgebench: '9.9.9', subjects: {}, root: tmpdir(), workloads: {} });
    expect(other.fingerprint).toBe(read().fingerprint);
  });
});
