// Proves that no crate of the root workspace switches on serde_json's arbitrary_precision: cargo would give it to
// all of them, which sends every number through a string and corrupts MessagePack files of the crates under test.
import { cargoEnvironment, explainCargo, type Rust } from './build/cargo.js';
import { runCommand } from './setup/command.mjs';

const FORBIDDEN = 'arbitrary_precision';

/** Asks cargo who switches the feature on; a sentence for each way in. */
export async function checkFeatures(rust: Rust): Promise<string[]> {
  const tree = [
    'cargo',
    'tree',
    '--locked',
    '--workspace',
    '--target',
    rust.triple,
    '-e',
    'features',
    '-i',
    'serde_json',
    '--prefix',
    'none',
  ] as const;
  const { code, output } = await runCommand([...tree], { env: cargoEnvironment() });
  if (code !== 0) return [`Cannot list the features of serde_json: ${explainCargo(output)}`];
  return output.includes(`"${FORBIDDEN}"`)
    ? [`serde_json has ${FORBIDDEN} in the root workspace; move the crate that needs it to a workspace of its own`]
    : [];
}
