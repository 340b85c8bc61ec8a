// A user's runner for 64-bit Arm, built here and run under emulation.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from './project.js';

const output = mkdtempSync(join(tmpdir(), 'forgebench-arm64-'));
afterAll(() => rmSync(output, { recursive: true }));

const sysroot = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).stdout.trim();
const lacks = [
  ...(existsSync(join(sysroot, 'lib/rustlib/aarch64-unknown-linux-gnu')) ? [] : ['rustup target']),
  ...['aarch64-linux-gnu-gcc', 'qemu-aarch64'].filter((name) => spawnSync(name, ['--version']).status !== 0),
];
if (lacks.length > 0 && process.env.CI === 'true') throw new Error(`Cannot build for 64-bit Arm: ${lacks} missing`);

function buildArm64(words: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const script = join(ROOT, 'scripts/build-arm64.mjs');
  return spawnSync(process.execPath, [script, '--output', output, ...words], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
}

describe('build:arm64', () => {
  it.skipIf(lacks.length > 0)(
    'makes an addon and a runner that gives the right answer on that processor',
    () => {
      const manifest = join(ROOT, 'test/fixtures/counted-addon/Cargo.toml');
      const { status, stderr, stdout } = buildArm64(['--manifest-path', manifest]);
      expect(status, stderr).toBe(0);
      const runner = join(output, 'counted-runner');
      expect(stdout.trim().split('\n').sort()).toEqual([join(output, 'counted-addon.linux-arm64-gnu.node'), runner]);
      const emulate = (...words: string[]) =>
        spawnSync('qemu-aarch64', ['-L', '/usr/aarch64-linux-gnu', runner, ...words], { encoding: 'utf8' });
      expect(emulate('verify', 'counted/work', '{}').stdout).toContain('the answer is right');
      expect(emulate('verify', 'counted/no-such', '{}').status).not.toBe(0);
      expect(emulate('time', 'counted/work', '{}').stdout).toMatch(/median [\d.]+ ns per operation/);
    },
    600_000,
  );

  it('names what is missing and how to get it', () => {
    const { status, stderr } = buildArm64([], { PATH: '/nonexistent' });
    expect(status).toBe(2);
    expect(stderr).toContain('apt-get install gcc-aarch64-linux-gnu');
    expect(stderr).toContain('rustup target add aarch64-unknown-linux-gnu');
  });
});
