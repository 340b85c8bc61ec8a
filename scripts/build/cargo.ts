// Calls of cargo: one triple, one profile and one environment for everything, so that nothing is compiled twice.
import { join, resolve } from 'node:path';
import { runCommand } from '../setup/command.mjs';
import { howFar } from '../setup/progress.mjs';
import type { Tell } from './step.js';

/** The compiler, and the triple that everything is built for. */
export interface Rust {
  /** What `rustc -vV` says. */
  version: string;
  /** Such as `x86_64-unknown-linux-gnu`. */
  triple: string;
}

/** What a call of cargo counts and what it may print. */
export interface CargoProgress {
  /** Distinct packages that the call needs. */
  total: number;
  tell: Tell;
}

/** Inherited flags would silently replace those of `.cargo/config.toml`, frame pointers among them. */
const FLAGS = /^(RUSTFLAGS|CARGO_ENCODED_RUSTFLAGS|CARGO_BUILD_RUSTFLAGS|CARGO_TARGET_.*_RUSTFLAGS)$/;

/** Asks for messages that can be counted, with diagnostics as text beside them. */
export const COUNTED = '--message-format=json-render-diagnostics';

/** Names of inherited variables that are left out of every build. */
export function ignoredFlags(environment: NodeJS.ProcessEnv = process.env): string[] {
  return Object.keys(environment).filter((name) => FLAGS.test(name));
}

/** The environment of every call of cargo. */
export function cargoEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !FLAGS.test(name));
  // With backtraces on, each error of the crates under test captures one, which is 25 times slower.
  // One target folder for all workspaces: what both need of the compiler's cache lies in one place.
  const target = environment.CARGO_TARGET_DIR ?? resolve('target');
  return {
    ...Object.fromEntries(kept),
    CARGO_TARGET_DIR: target,
    RUST_BACKTRACE: '0',
    RUST_LIB_BACKTRACE: '0',
    CARGO_TERM_COLOR: 'never',
  };
}

/** Asks the compiler who it is. */
export async function findRust(): Promise<Rust> {
  const { code, output } = await runCommand(['rustc', '-vV'], { env: cargoEnvironment() });
  const triple = /^host: (.+)$/m.exec(output)?.[1];
  if (code !== 0 || triple === undefined)
    throw new Error(`Cannot ask rustc for its version: ${output}; run "rustc -vV"`);
  return { version: output, triple };
}

/** Arguments that make cargo work in a workspace. */
export function inWorkspace(workspace: string): ['--manifest-path', string] {
  return ['--manifest-path', join(workspace, 'Cargo.toml')];
}

/** How many packages cargo needs for these arguments, such as `['-p', 'forgebench-measure']`. */
export async function countPackages(rust: Rust, args: readonly string[], edges = 'normal,build'): Promise<number> {
  const tree = [
    'cargo',
    'tree',
    '--locked',
    '--target',
    rust.triple,
    '-e',
    edges,
    '--prefix',
    'none',
    '--format',
    '{p}',
    ...args,
  ] as const;
  const { code, output } = await runCommand([...tree], { env: cargoEnvironment() });
  if (code !== 0) throw new Error(`Cannot list the crates to build: ${explainCargo(output)}`);
  const packages = output.split('\n').map((line) => line.split(' ').slice(0, 2).join(' '));
  return new Set(packages.filter((name) => / v\d/.test(name))).size;
}

/** Runs a command that prints cargo's messages, which must ask for {@link COUNTED}, and tells how far it is. */
export async function runCounted(
  command: [string, ...string[]],
  { total, tell }: CargoProgress,
): Promise<{ code: number; output: string }> {
  const started = Date.now();
  const done = new Map<string, boolean>();
  return runCommand(command, {
    env: cargoEnvironment(),
    onStdout: (line) => {
      const artifact = readArtifact(line);
      if (artifact === undefined) return;
      done.set(artifact.package_id, artifact.fresh && (done.get(artifact.package_id) ?? true));
      const fresh = [...done.values()].filter(Boolean).length;
      tell(() => howFar({ unit: 'crate', done: done.size, fresh, total }, Date.now() - started));
    },
  });
}

/** What cargo says went wrong, with a remedy where the reason is the network or the lock file. */
export function explainCargo(output: string): string {
  const text = output
    .split('\n')
    .filter(
      (line) =>
        !/^\s*(Compiling|Checking|Downloaded|Downloading|Fresh|Updating|Locking|Blocking|warning: build failed,) /.test(
          line,
        ),
    )
    .slice(-60)
    .join('\n')
    .trim();
  if (
    /Could(n't| not) resolve host|failed to download|network failure|spurious network error|Could not connect/i.test(
      output,
    )
  ) {
    return `the registry of crates does not answer; check the network, then repeat the command\n${text}`;
  }
  if (output.includes('--locked'))
    return `Cargo.lock does not fit the Cargo.toml files; run "cargo metadata >/dev/null" and commit Cargo.lock\n${text}`;
  return text;
}

interface Artifact {
  package_id: string;
  fresh: boolean;
}

function readArtifact(line: string): Artifact | undefined {
  if (!line.startsWith('{"reason":"compiler-artifact"')) return undefined;
  return JSON.parse(line) as Artifact;
}
