// Builds the programs of a crate, which run without Node.js: the runner of workloads, and what starts commands.
import { copyFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTED, cargoEnvironment, countPackages, explainCargo, inWorkspace, type Rust, runCounted } from './cargo.js';
import { type Crate, inputsOf, withLocalDependencies } from './crates.js';
import { BuildError, type BuildStep } from './step.js';

/** The step that builds all programs of one crate and puts each into the crate's folder, under its own name. */
export function programsStep(crate: Crate, crates: readonly Crate[], rust: Rust): BuildStep {
  return {
    name: crate.programs.join(' and '),
    inputs: inputsOf(crate, crates),
    versions: [rust.version],
    run: async (tell) => {
      const names = [crate, ...addonOf(crate, crates)].flatMap(({ name }) => ['-p', name]);
      const packages = [...inWorkspace(crate.workspace), ...names];
      const total = await countPackages(rust, packages);
      const build = ['cargo', 'build', '--release', '--locked', '--target', rust.triple, ...packages] as const;
      const { code, output } = await runCounted([...build, '--bins', COUNTED], { total, tell });
      if (code !== 0) throw new BuildError(`Cannot build ${crate.programs.join(' and ')}: ${explainCargo(output)}`);
      return crate.programs.map((program) => place(program, crate, rust));
    },
  };
}

/**
 * The first addon that the crate is part of. Cargo compiles a dependency with the features that all packages of a call
 * ask for together: named beside the crate, the addon lets both share every compiled dependency, though only
 * programs are built.
 */
function addonOf(crate: Crate, crates: readonly Crate[]): Crate[] {
  const addons = crates.filter(({ binaryName }) => binaryName !== undefined);
  return addons.filter((addon) => withLocalDependencies(addon, crates).includes(crate.folder)).slice(0, 1);
}

/** Copied beside and renamed, because a program that runs cannot be written to. */
function place(program: string, crate: Crate, rust: Rust): string {
  const target = cargoEnvironment().CARGO_TARGET_DIR ?? 'target';
  const file = join(crate.folder, program);
  copyFileSync(join(target, rust.triple, 'release', program), `${file}.new`);
  renameSync(`${file}.new`, file);
  return file;
}
