// Builds an addon with napi-rs: the `.node` file and, where it has functions of its own, their generated types.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTED, countPackages, explainCargo, inWorkspace, type Rust, runCounted } from './cargo.js';
import { type Crate, inputsOf } from './crates.js';
import { BuildError, type BuildStep } from './step.js';

/** The step that builds one addon. */
export function addonStep(addon: Crate, crates: readonly Crate[], rust: Rust): BuildStep {
  return {
    name: `addon ${addon.binaryName}`,
    inputs: inputsOf(addon, crates),
    versions: [rust.version],
    run: async (tell) => {
      const total = await countPackages(rust, [...inWorkspace(addon.workspace), '-p', addon.name]);
      const { code, output } = await runCounted(napiBuild(addon), { total, tell });
      if (code !== 0) throw new BuildError(`Cannot build the addon ${addon.binaryName}: ${explainCargo(output)}`);
      return outputsOf(addon);
    },
  };
}

/** No loader in JavaScript is generated: `src/native` opens the `.node` file itself. */
function napiBuild(addon: Crate): [string, ...string[]] {
  const napi = [
    'node_modules/.bin/napi',
    'build',
    '--platform',
    '--release',
    '--no-js',
    '--dts',
    'index.d.ts',
  ] as const;
  return [...napi, '--cwd', addon.folder, '--', '--locked', COUNTED];
}

function outputsOf(addon: Crate): string[] {
  const names = readdirSync(addon.folder).filter(
    (name) => name.startsWith(`${addon.binaryName}.`) && name.endsWith('.node'),
  );
  if (names.length === 0)
    throw new BuildError(
      `Cannot find the addon ${addon.binaryName} in ${addon.folder} after its build; run "npx napi build --platform --release --cwd ${addon.folder}"`,
    );
  return [...names, 'index.d.ts'].map((name) => join(addon.folder, name)).filter((file) => existsSync(file));
}
