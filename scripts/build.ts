// Builds everything that is not up to date: addons, programs in Rust, `dist`, browser clients, generated files.
import { join } from 'node:path';
import { addonStep } from './build/addon.js';
import { findRust, ignoredFlags, type Rust } from './build/cargo.js';
import { casesStep } from './build/cases.js';
import { listCrates } from './build/crates.js';
import { programsStep } from './build/programs.js';
import { BuildError, type BuildStep, runStep } from './build/step.js';
import { clientsStep, schemaStep, typescriptStep } from './build/typescript.js';

/** All steps in the order in which they build on each other: types of addons are inputs of `dist`. */
export function buildSteps(rust: Rust): (() => BuildStep)[] {
  const crates = listCrates();
  const addons = crates.filter((crate) => crate.binaryName !== undefined);
  const addonTypes = addons.map((addon) => join(addon.folder, 'index.d.ts'));
  return [
    ...addons.map((addon) => () => addonStep(addon, crates, rust)),
    ...crates.filter(({ programs }) => programs.length > 0).map((crate) => () => programsStep(crate, crates, rust)),
    () => typescriptStep(addonTypes),
    clientsStep,
    schemaStep,
    () => casesStep(crates),
  ];
}

/**
 * Builds until something fails.
 *
 * @returns The exit code.
 */
export async function build(): Promise<number> {
  sayIgnoredFlags();
  try {
    for (const step of buildSteps(await findRust())) await runStep(step());
    return 0;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** Says which inherited flags builds do without, because they would silently replace the project's own. */
export function sayIgnoredFlags(): void {
  const ignored = ignoredFlags();
  if (ignored.length > 0)
    process.stderr.write(
      `Note: ${ignored.join(', ')} in the environment is not used: it would replace the flags of .cargo/config.toml\n`,
    );
}
