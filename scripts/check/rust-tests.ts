// Runs the Rust tests of the pure crates and reads what they say.
import { COUNTED, cargoEnvironment, countPackages, explainCargo, type Rust, runCounted } from '../build/cargo.js';
import type { Crate } from '../build/crates.js';
import type { Tell } from '../build/step.js';
import { runCommand } from '../setup/command.mjs';
import { judgeSkipped, type Outcome } from './outcome.js';

/** Where and how tests run. */
export interface RustTestOptions {
  crates: readonly Crate[];
  strict: boolean;
  tell: Tell;
}

/** Builds and runs unit, integration and documentation tests, in the same profile and triple as the addons. */
export async function runRustTests(rust: Rust, { crates, strict, tell }: RustTestOptions): Promise<Outcome> {
  // Crates that link against symbols of Node.js have their tests switched off; the addons are tested from TypeScript.
  const packages = crates
    .filter((crate) => !/^test\s*=\s*false/m.test(crate.manifest))
    .flatMap((crate) => ['-p', crate.name]);
  const test = ['cargo', 'test', '--release', '--locked', '--target', rust.triple, ...packages] as const;
  const total = await countPackages(rust, packages, 'normal,build,dev');
  const built = await runCounted([...test, '--no-run', COUNTED], { total, tell });
  if (built.code !== 0) return { problems: [`Cannot build the Rust tests: ${explainCargo(built.output)}`] };
  tell(() => 'running');
  const { code, output } = await runCommand([...test, '--no-fail-fast'], { env: cargoEnvironment() });
  return readRustTests(output, { code, strict });
}

/** Reads the output of `cargo test`. */
export function readRustTests(output: string, { code, strict }: { code: number; strict: boolean }): Outcome {
  const results = [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/gm)];
  const sum = (group: number): number => results.reduce((total, match) => total + Number(match[group]), 0);
  const ignored = [...output.matchAll(/^test (.+) \.\.\. ignored/gm)].map((match) => match[1] ?? '');
  const problems = judgeSkipped(ignored, strict);
  if (code !== 0) problems.push(failures(output));
  return { problems, tests: { passed: sum(1), failed: sum(2), skipped: sum(3) } };
}

/** The part of the output that names failures; passed tests are of no interest then. */
function failures(output: string): string {
  const lines = output
    .split('\n')
    .filter(
      (line) => !/^(test .* \.\.\. ok|running \d+ tests?|\s*(Running|Doc-tests|Compiling|Finished) .*|)$/.test(line),
    );
  return lines.slice(-100).join('\n');
}
