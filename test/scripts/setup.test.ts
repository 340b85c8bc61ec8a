// Set-up on machines that lack something, tried with a PATH that holds only what a test puts there.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../scripts/setup/command.mjs';
import { agrees } from '../../scripts/setup/packages.mjs';
import { duration, howFar } from '../../scripts/setup/progress.mjs';
import { checkTools, refuseNode } from '../../scripts/setup/tools.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forgebench-setup-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Starts set-up where only these programs can be found. */
function setUpWith(
  programs: readonly string[],
  fakes: Record<string, string> = {},
): { status: number | null; stderr: string } {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const program of programs)
    symlinkSync(execFileSync('which', [program], { encoding: 'utf8' }).trim(), join(bin, program));
  for (const [program, script] of Object.entries(fakes))
    writeFileSync(join(bin, program), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const env = { PATH: bin, HOME: folder, TMPDIR: folder };
  return spawnSync(process.execPath, ['scripts/setup.mjs', 'setup'], { env, encoding: 'utf8' });
}

/** A process that has ended and that nobody has asked about is not running either. */
function isRunning(pid: number): boolean {
  const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : 'State:\tZ';
  return !/^State:\s+Z/m.test(status);
}

const RUST = { rustc: 'echo "rustc 1.95.0 (f2d3ce0bd)"', cargo: 'echo "cargo 1.95.0 (f2d3ce0bd)"' };

describe('the version of Node.js', () => {
  it('is refused below 20.19 with the version, the floor and what to do', () => {
    expect(refuseNode('v18.20.8')).toMatch(/Node\.js v18\.20\.8: version 20\.19\.0 or newer .*nvm install/);
    expect(refuseNode('v20.18.3')).toBeDefined();
  });

  it('is accepted from 20.19 on', () => {
    for (const version of ['v20.19.0', 'v20.20.2', 'v22.0.0', 'v26.1.0']) expect(refuseNode(version)).toBeUndefined();
  });

  it('can be judged by Node.js 18, because what runs before uses its syntax only', () => {
    const files = [
      'bin/forgebench.mjs',
      'scripts/setup.mjs',
      ...readdirSync('scripts/setup').map((name) => join('scripts/setup', name)),
    ];
    for (const file of files) {
      const code = readFileSync(file, 'utf8');
      // Whatever an older version cannot read, esbuild would have to rewrite or refuse.
      const lowered = transformSync(code, { target: 'node18', minifyWhitespace: true }).code;
      expect(lowered, file).toBe(transformSync(code, { target: 'esnext', minifyWhitespace: true }).code);
      expect(code, file).not.toMatch(/from '(?!node:|\.)|import\.meta\.(dirname|filename)/);
    }
  });
});

/** Starts a program of this project in a Node.js that says it is this version. */
function runAs(version: string, args: readonly string[]) {
  const pretend = `Object.defineProperty(process, 'version', { value: 'v${version}' });
    Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  return spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, ...args], {
    encoding: 'utf8',
  });
}

describe('an old Node.js', () => {
  it.each([
    [['scripts/setup.mjs', 'setup']],
    [['scripts/setup.mjs', 'start']],
    [['scripts/setup.mjs', 'check']],
    [['bin/forgebench.mjs', 'list']],
  ])('is refused with a sentence and exit code 2 by %j', (args) => {
    const { status, stdout, stderr } = runAs('18.20.8', args);
    expect(stderr).toMatch(
      /^Cannot run on Node\.js v18\.20\.8: version 20\.19(\.0)? or newer is needed; .*nvm install 22"\n$/,
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('is none at the floor of package.json', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe('>=20.19');
    expect(runAs('20.19.0', ['bin/forgebench.mjs', '--version']).status).toBe(0);
    expect(runAs('20.18.3', ['bin/forgebench.mjs', '--version']).status).toBe(2);
  });
});

describe('missing tools', () => {
  it('are all named at once, each with what to do, and stop set-up with exit code 2', () => {
    const { status, stderr } = setUpWith([]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/Cannot find npm: .*apt-get install npm/);
    expect(stderr).toMatch(/Cannot find rustc: .*rustup/);
    expect(stderr).toMatch(/Cannot find cargo: .*rustup/);
    expect(stderr).toMatch(/Cannot find cc: .*build-essential/);
  });

  it('include a Rust that is too old', () => {
    const { status, stderr } = setUpWith(['npm', 'cc', 'as', 'ld', 'perl', 'make'], {
      ...RUST,
      rustc: 'echo "rustc 1.63.0"',
    });
    expect(status).toBe(2);
    expect(stderr).toBe(
      'Cannot use rustc 1.63.0: Rust 1.88.0 or newer is needed; run "rustup update stable", or install Rust from https://rustup.rs\n',
    );
  });

  it('include a toolchain that rustup knows of and has not installed', () => {
    const { status, stderr } = setUpWith(['npm', 'cc', 'as', 'ld', 'perl', 'make'], {
      ...RUST,
      cargo: 'echo "error: toolchain is not installed" >&2; exit 1',
    });
    expect(status).toBe(2);
    expect(stderr).toContain('Cannot run cargo: error: toolchain is not installed; try "rustup default stable"');
  });

  it('include a compiler without a linker', () => {
    const { status, stderr } = setUpWith(['npm', 'perl', 'make'], {
      ...RUST,
      cc: 'echo "cc: cannot find ld" >&2; exit 1',
    });
    expect(status).toBe(2);
    expect(stderr).toBe(
      'Cannot compile and link a C program with cc: cc: cannot find ld; on Debian: apt-get install build-essential\n',
    );
  });

  it('include perl only where OpenSSL is built from source', async () => {
    const lockFile = join(folder, 'Cargo.lock');
    const path = process.env.PATH;
    try {
      writeFileSync(lockFile, '[[package]]\nname = "openssl-src"\n');
      process.env.PATH = folder;
      expect((await checkTools({ lockFile })).errors.join('\n')).toMatch(/Cannot find perl: .*\n?.*Cannot find make/);
      writeFileSync(lockFile, '[[package]]\nname = "serde"\n');
      expect((await checkTools({ lockFile })).errors.join('\n')).not.toContain('perl');
    } finally {
      process.env.PATH = path;
    }
  });

  it('that only some features need are notes with their cost', async () => {
    const path = process.env.PATH;
    try {
      process.env.PATH = folder;
      const { notes } = await checkTools();
      expect(notes).toHaveLength(3);
      expect(notes[0]).toMatch(/^perf is missing, so .*apt-get install linux-perf$/);
    } finally {
      process.env.PATH = path;
    }
  });
});

describe('installed packages', () => {
  const entry = { version: '1.0.0' };
  const write = (name: string, packages: object): string => {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify({ packages }));
    return file;
  };

  it('fit where all but the optional ones have the version of the lock file', () => {
    const lock = write('lock.json', {
      '': entry,
      'node_modules/a': entry,
      'node_modules/v8-profiler-next': { ...entry, optional: true },
    });
    expect(agrees(lock, write('installed.json', { 'node_modules/a': entry }))).toBe(true);
    expect(agrees(lock, write('installed.json', { 'node_modules/a': { version: '2.0.0' } }))).toBe(false);
    expect(agrees(lock, join(folder, 'none.json'))).toBe(false);
  });

  it('that cannot be fetched are explained by the network', () => {
    const project = join(folder, 'project');
    mkdirSync(join(project, 'scripts'), { recursive: true });
    for (const name of ['package.json', 'package-lock.json', 'Cargo.lock']) copyFileSync(name, join(project, name));
    copyFileSync('scripts/setup.mjs', join(project, 'scripts/setup.mjs'));
    symlinkSync(join(process.cwd(), 'scripts/setup'), join(project, 'scripts/setup'));
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'npm'), '#!/bin/sh\necho "npm error code EAI_AGAIN" >&2; exit 1\n', { mode: 0o755 });
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--preserve-symlinks', join(project, 'scripts/setup.mjs')],
      { env, encoding: 'utf8' },
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /Cannot install the npm packages: the registry does not answer \(EAI_AGAIN\); check the network/,
    );
  });
});

describe('a command', () => {
  it('is stopped with its grandchildren when set-up is interrupted', async () => {
    const program = `import { runCommand } from ${JSON.stringify(join(process.cwd(), 'scripts/setup/command.mjs'))};
      runCommand(['sh', '-c', 'sleep 987 & echo $!; wait'], { onStdout: (line) => console.log(line) }).catch((error) => { console.log(error.message); process.exitCode = 130; });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      if (/^\d+\n$/.test(output)) child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(output).toContain('Interrupted; the same command continues where this one stopped');
    expect(isRunning(Number.parseInt(output, 10))).toBe(false);
  });

  it('that does not exist ends with 127', async () => {
    expect((await runCommand(['no-such-program-of-forgebench'])).code).toBe(127);
  });
});

describe('progress', () => {
  it('shows the time left once there is a rate, and fresh crates take no time', () => {
    expect(howFar({ unit: 'crate', done: 3, fresh: 0, total: 50 }, 4000)).toBe('crate 3 of 50, 4.0 s so far');
    expect(howFar({ unit: 'crate', done: 30, fresh: 20, total: 50 }, 20_000)).toBe('crate 30 of 50, about 40 s left');
  });

  it('writes durations as people do', () => {
    expect([400, 12_000, 59_600, 185_000].map(duration)).toEqual(['0.4 s', '12 s', '1 min 00 s', '3 min 05 s']);
  });
});
