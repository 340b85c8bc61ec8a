// Where addons are: built-in ones beside their crates, a user's by path.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NATIVE = fileURLToPath(new URL('../../native/', import.meta.url));
const BUILT_IN: Readonly<Record<string, string>> = {
  engine: 'engine-addon',
  moduforge: 'moduforge-addon',
  'moduforge-rules': 'moduforge-rules/addon',
};

/**
 * Absolute path of an addon's `.node` file; it need not exist yet.
 *
 * @param name `engine`, `moduforge`, `moduforge-rules`, or a path
 * @param folder what a relative path is relative to
 */
export function addonFile(name: string, folder: string): string {
  const crate = BUILT_IN[name];
  if (crate === undefined) return resolve(folder, name);
  const built = join(NATIVE, crate);
  // The build names the platform in the file, so that one folder can hold addons of several.
  const file = existsSync(built)
    ? readdirSync(built).find((each) => each.endsWith('.node') && each.includes(`${process.platform}-${process.arch}`))
    : undefined;
  return join(built, file ?? `forgebench-${name}.${process.platform}-${process.arch}-gnu.node`);
}
