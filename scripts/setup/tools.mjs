// @ts-check
// Looks for the programs that set-up needs, and says of each missing one what to do.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runCommand } from './command.mjs';
import { isOnPath } from './path.mjs';

/** Oldest versions that work: the floor of the build tools, and of the edition and crates used. */
const NODE_FLOOR = '20.19.0';
const RUST_FLOOR = '1.88.0';

/**
 * Why this Node.js cannot be used.
 *
 * @param {string} version Such as `v20.19.0`.
 * @returns {string | undefined} A sentence, or nothing where it can.
 */
export function refuseNode(version) {
  if (isAtLeast(version, NODE_FLOOR)) return undefined;
  return `Cannot run on Node.js ${version}: version ${NODE_FLOOR} or newer is needed; install one from https://nodejs.org or with "nvm install 22"`;
}

/**
 * Looks for all programs at once.
 *
 * @param {object} [options]
 * @param {string} [options.lockFile] The Cargo.lock that says which C libraries are built.
 * @returns {Promise<{ errors: string[], notes: string[] }>} `errors`: nothing works without these; `notes`: what else is missing, and what it costs.
 */
export async function checkTools({ lockFile = 'Cargo.lock' } = {}) {
  const errors = [
    isOnPath('npm') ? undefined : 'Cannot find npm: it comes with Node.js; on Debian: apt-get install npm',
    ...(await Promise.all([rustProblem('rustc'), rustProblem('cargo'), linkerProblem()])),
    ...vendoredProblems(lockFile),
  ];
  return { errors: errors.filter((error) => error !== undefined), notes: missingOptional() };
}

/**
 * Finds a Rust that was installed a moment ago, in a shell that does not know it yet.
 *
 * @returns {void}
 */
export function findCargoHome() {
  if (isOnPath('cargo')) return;
  const bin = join(process.env.CARGO_HOME ?? join(process.env.HOME ?? homedir(), '.cargo'), 'bin');
  if (isOnPath('cargo', bin)) process.env.PATH = `${process.env.PATH ?? ''}${delimiter}${bin}`;
}

/**
 * @param {'rustc' | 'cargo'} program
 * @returns {Promise<string | undefined>}
 */
async function rustProblem(program) {
  const install = 'install Rust from https://rustup.rs';
  if (!isOnPath(program)) return `Cannot find ${program}: Rust ${RUST_FLOOR} or newer is needed; ${install}`;
  // rustup may install its toolchain now, or say that it must not: its own settings decide that.
  const { code, output } = await runCommand([program, '--version']);
  if (code !== 0) return `Cannot run ${program}: ${output.trim()}; try "rustup default stable", or ${install}`;
  const version = /\b\d+\.\d+\.\d+/.exec(output)?.[0] ?? output;
  if (isAtLeast(version, RUST_FLOOR)) return undefined;
  return `Cannot use ${program} ${version}: Rust ${RUST_FLOOR} or newer is needed; run "rustup update stable", or ${install}`;
}

/** A compiler may be there without a linker or the C library, so a program is really linked. */
async function linkerProblem() {
  const remedy = 'on Debian: apt-get install build-essential';
  if (!isOnPath('cc')) return `Cannot find cc: a C compiler and linker are needed; ${remedy}`;
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-cc-'));
  try {
    const source = join(folder, 'empty.c');
    writeFileSync(source, '#include <stdlib.h>\nint main(void) { return EXIT_SUCCESS; }\n');
    const { code, output } = await runCommand(['cc', '-o', join(folder, 'empty'), source]);
    return code === 0 ? undefined : `Cannot compile and link a C program with cc: ${output.trim()}; ${remedy}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * OpenSSL's own build, where a crate brings its source, runs perl and make.
 *
 * @param {string} lockFile
 * @returns {string[]}
 */
function vendoredProblems(lockFile) {
  if (!readFileSync(lockFile, 'utf8').includes('name = "openssl-src"')) return [];
  const missing = ['perl', 'make'].filter((program) => !isOnPath(program));
  return missing.map(
    (program) => `Cannot find ${program}: OpenSSL is built with it; on Debian: apt-get install ${program}`,
  );
}

function missingOptional() {
  const optional = [
    ['perf', 'linux-perf', 'flame graphs come from the slower sampler inside the process'],
    ['valgrind', 'valgrind', 'instructions cannot be counted'],
    ['setpriv', 'util-linux', 'perf and commands may outlive a forgebench that is killed'],
  ];
  return optional
    .filter(([program]) => !isOnPath(/** @type {string} */ (program)))
    .map(([program, debian, cost]) => `${program} is missing, so ${cost}; on Debian: apt-get install ${debian}`);
}

/**
 * @param {string} version
 * @param {string} floor
 */
function isAtLeast(version, floor) {
  const theirs = numbers(version);
  const ours = numbers(floor);
  const differing = ours.findIndex((part, index) => part !== theirs[index]);
  return differing === -1 || (theirs[differing] ?? 0) > (ours[differing] ?? 0);
}

/** @param {string} version */
function numbers(version) {
  return (/\d+(\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
}
