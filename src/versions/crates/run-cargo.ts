// Calls of cargo, with the flags of this package alone.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a call of cargo said. */
export interface CargoOutput {
  code: number;
  /** Lines of standard output: JSON, where that was asked for. */
  lines: string[];
  stderr: string;
}

/** Inherited flags would silently replace those of `.cargo/config.toml`, frame pointers among them. */
const FLAGS = /^(RUSTFLAGS|CARGO_ENCODED_RUSTFLAGS|CARGO_BUILD_RUSTFLAGS|CARGO_TARGET_.*_RUSTFLAGS)$/;

/** Runs a program in a folder to its end; `onLine` is told each line of standard output. */
export function runCargo(
  command: readonly [string, ...string[]],
  { folder, target, onLine }: { folder: string; target?: string; onLine?: (line: string) => void },
): Promise<CargoOutput> {
  const inherited = Object.entries(process.env).filter(([name]) => !FLAGS.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    ...(target && { CARGO_TARGET_DIR: target }),
    RUST_BACKTRACE: '0',
    RUST_LIB_BACKTRACE: '0',
    CARGO_TERM_COLOR: 'never',
  };
  const [program, ...args] = command;
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: CargoOutput = { code: 127, lines: [], stderr: '' };
  createInterface({ input: child.stdout }).on('line', (line) => {
    output.lines.push(line);
    onLine?.(line);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    output.stderr += chunk;
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ...output, stderr: `${error.message}; install Rust from rustup.rs` }));
    child.once('close', (code) => resolve({ ...output, code: code ?? 1 }));
  });
}
