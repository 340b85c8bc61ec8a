// @ts-check
// The expression crate as WebAssembly: how long it takes to build, how large it is, and one evaluation in Node.js.
//
// `node benches/expression/wasm.mjs` builds the crates that it needs, once; a launch would be ended long before.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const TARGET = 'wasm32-unknown-unknown';
const CRATE = 'moduforge-rules-expression';
/** The crate in this folder, which makes a module of that one. */
const WRAPPER = 'expression-wasm';
const PRICE = 5;
const CRATE_FOLDER = fileURLToPath(new URL('./wasm', import.meta.url));
const TARGET_FOLDER = fileURLToPath(new URL('../../.forgebench/wasm32', import.meta.url));
const MODULE = join(TARGET_FOLDER, TARGET, 'release/expression_wasm.wasm');
/** What the module was built of. */
const STAMP = join(TARGET_FOLDER, 'stamp');
const CARGO_FLAGS = ['--release', '--target', TARGET, '--target-dir', TARGET_FOLDER, '--locked'];
/** Flags and lines that the workloads of this repository are built with are not for this target. */
const ENVIRONMENT = {
  ...process.env,
  RUSTFLAGS: '--cfg getrandom_backend="custom"',
  CARGO_PROFILE_RELEASE_DEBUG: 'false',
};
const execute = promisify(execFile);

/**
 * @typedef {{ prepare(price: number): void, precompiled(): void, interpreted(): void, latest(): number }} Exports
 * @param {{ of: 'build' | 'precompiled' | 'interpreted' }} parameters
 */
export const wasm = ({ of }) => {
  needTarget();
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== sourcesHash())
    throw new Error(
      `Cannot measure yet: ${CRATE} and the crates that it needs are not built for ${TARGET}, or of other sources; ` +
        'run "node benches/expression/wasm.mjs", which takes a minute or two',
    );
  const figures = () => ({ 'module-size': statSync(MODULE).size });
  return of === 'build' ? { ...build(), figures } : { ...evaluation(of), figures };
};

/**
 * One iteration compiles the crate under test, which was removed before, and links the module. Only the first, which is
 * checked and never timed, does no more than link: two builds would take the time that a launch has.
 */
function build() {
  let next = WRAPPER;
  return {
    input() {
      const removed = next;
      next = CRATE;
      cargo(['clean', '--package', removed]);
      return removed;
    },
    /** @param {string} removed */
    async run(removed) {
      const { stderr } = await execute('cargo', ['build', ...CARGO_FLAGS, '--offline'], {
        cwd: CRATE_FOLDER,
        env: ENVIRONMENT,
      });
      if (!stderr.includes(`Compiling ${removed}`)) throw new Error(`cargo did not compile ${removed}: ${stderr}`);
      return readFileSync(MODULE);
    },
    /** @param {Buffer<ArrayBuffer>} bytes */
    verify(bytes) {
      const exports = instantiate(bytes);
      exports.precompiled();
      check(exports);
    },
  };
}

/** @param {'precompiled' | 'interpreted'} how */
function evaluation(how) {
  const exports = instantiate(readFileSync(MODULE));
  return { run: exports[how], verify: () => check(exports) };
}

/**
 * The crate brings functions along that need a host's clock and objects; an arithmetic expression calls none of them.
 *
 * @param {Buffer<ArrayBuffer>} bytes
 * @returns {Exports}
 */
function instantiate(bytes) {
  // The types of Node.js 20 have its namespace and not its classes.
  const { WebAssembly: wasm } = /** @type {any} */ (globalThis);
  const module = new wasm.Module(bytes);
  /** @type {Record<string, Record<string, () => never>>} */
  const imports = {};
  for (const { module: owner, name } of wasm.Module.imports(module)) {
    imports[owner] ??= {};
    imports[owner][name] = () => {
      throw new Error(`The expression called ${name}, which this host does not have`);
    };
  }
  const exports = /** @type {Exports} */ (/** @type {unknown} */ (new wasm.Instance(module, imports).exports));
  exports.prepare(PRICE);
  return exports;
}

/** @param {Exports} exports */
function check(exports) {
  if (exports.latest() !== PRICE) throw new Error(`the expression came to ${exports.latest()}, expected ${PRICE}`);
}

function needTarget() {
  const remedy = `run "rustup target add ${TARGET}"`;
  let folder = '';
  try {
    folder = execFileSync('rustc', ['--print', 'target-libdir', '--target', TARGET], { encoding: 'utf8' }).trim();
  } catch (error) {
    const [first] = /** @type {Error} */ (error).message.split('\n');
    throw new Error(`Cannot build for ${TARGET}: rustc does not work (${first}); install Rust, then ${remedy}`);
  }
  if (!existsSync(folder)) throw new Error(`Cannot build for ${TARGET}: the target is not installed; ${remedy}`);
}

/** Of all that decides what is built, the compiler too. */
function sourcesHash() {
  const hash = createHash('sha256').update(execFileSync('rustc', ['-V']));
  for (const file of ['Cargo.toml', 'Cargo.lock', 'src/lib.rs']) hash.update(readFileSync(join(CRATE_FOLDER, file)));
  return hash.digest('hex');
}

/** @param {string[]} words */
function cargo(words, /** @type {'inherit' | 'pipe'} */ output = 'pipe') {
  const { error, status, stderr } = spawnSync('cargo', [...words, ...CARGO_FLAGS], {
    cwd: CRATE_FOLDER,
    env: ENVIRONMENT,
    stdio: ['ignore', output, output],
    encoding: 'utf8',
  });
  if (error || status !== 0)
    throw new Error(`"cargo ${words.join(' ')}" failed: ${error?.message ?? stderr ?? 'see above'}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  needTarget();
  cargo(['build'], 'inherit');
  writeFileSync(STAMP, sourcesHash());
}
