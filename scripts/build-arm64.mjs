// Builds addons and runners for 64-bit Arm Linux on another machine: a target need have neither Rust nor a compiler.
//
//   npm run build:arm64                               the engine addon
//   npm run build:arm64 -- --package forgebench-moduforge-addon --package forgebench-moduforge
//   npm run build:arm64 -- --manifest-path ../my-crate/Cargo.toml
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

const TARGET = 'aarch64-unknown-linux-gnu';
const LINKER = 'aarch64-linux-gnu-gcc';

/** What is missing to build for the target, each with its remedy. */
function missing() {
  // Without a compiler there is no answer, and no library either.
  const sysroot = (spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).stdout ?? '').trim();
  return [
    ...(existsSync(join(sysroot, 'lib/rustlib', TARGET))
      ? []
      : [`the standard library of ${TARGET} is missing; run "rustup target add ${TARGET}"`]),
    ...(spawnSync(LINKER, ['--version']).status === 0
      ? []
      : [`${LINKER} is missing; on Debian run "apt-get install gcc-aarch64-linux-gnu g++-aarch64-linux-gnu"`]),
  ];
}

/**
 * Builds and returns the files of addons and programs.
 *
 * @param {string[]} selection arguments of cargo that say what to build
 */
function build(selection) {
  const words = ['build', '--release', '--locked', '--target', TARGET, '--message-format', 'json-render-diagnostics'];
  const { status, stdout } = spawnSync('cargo', [...words, ...selection], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
    env: {
      ...process.env,
      CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: LINKER,
      CC_aarch64_unknown_linux_gnu: LINKER,
      CXX_aarch64_unknown_linux_gnu: 'aarch64-linux-gnu-g++',
      AR_aarch64_unknown_linux_gnu: 'aarch64-linux-gnu-ar',
    },
  });
  if (status !== 0) throw new Error(`Cannot build for ${TARGET}: cargo ended with ${status}; its messages stand above`);
  const artifacts = stdout.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    const message = JSON.parse(line);
    const isWanted = message.reason === 'compiler-artifact' && /^(cdylib|bin)$/.test(message.target.kind[0]);
    return isWanted ? /** @type {string[]} */ (message.filenames) : [];
  });
  return artifacts.filter((file) => !file.endsWith('.rlib'));
}

/** @param {string} file An addon is found by its platform, a program by its name. */
function nameOf(file) {
  const addon = /^lib(.+)\.so$/.exec(basename(file))?.[1];
  return addon === undefined ? basename(file) : `${addon.replaceAll('_', '-')}.linux-arm64-gnu.node`;
}

const { values } = parseArgs({
  options: {
    package: { type: 'string', multiple: true },
    'manifest-path': { type: 'string' },
    output: { type: 'string', default: 'dist-arm64' },
  },
});
const lacks = missing();
if (lacks.length > 0) {
  process.stderr.write(`${lacks.map((text) => `Cannot build for 64-bit Arm: ${text}`).join('\n')}\n`);
  process.exit(2);
}
const manifest = values['manifest-path'];
const packages = values.package ?? (manifest === undefined ? ['forgebench-engine-addon'] : []);
try {
  const selection = [
    ...(manifest === undefined ? [] : ['--manifest-path', manifest]),
    ...packages.flatMap((name) => ['-p', name]),
  ];
  mkdirSync(values.output, { recursive: true });
  for (const file of build(selection)) {
    const copy = join(values.output, nameOf(file));
    copyFileSync(file, copy);
    process.stdout.write(`${copy}\n`);
  }
} catch (error) {
  process.stderr.write(`${/** @type {Error} */ (error).message}\n`);
  process.exit(1);
}
