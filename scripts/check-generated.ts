// Proves that generated files are committed as they are generated now.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { caseFiles } from './build/cases.js';
import { listCrates } from './build/crates.js';
import { runCommand } from './setup/command.mjs';

/**
 * Compares generated files, which the build has just written, with the ones that git knows.
 *
 * @returns A sentence for each that differs; `skipped` says why nothing could be compared.
 */
export async function checkGenerated(): Promise<{ problems: string[]; skipped?: string }> {
  const crates = listCrates();
  const types = crates.map((crate) => join(crate.folder, 'index.d.ts'));
  const files = [...types, ...caseFiles(crates), 'docs/run.schema.json'].filter((file) => existsSync(file));
  if (!existsSync('.git')) return { problems: [], skipped: 'this folder is no git repository' };
  const changed = await runCommand(['git', 'diff', '--name-only', '--', ...files]);
  const unknown = await runCommand(['git', 'ls-files', '--others', '--', ...files]);
  if (changed.code !== 0 || unknown.code !== 0)
    return { problems: [], skipped: `git does not answer: ${changed.output}${unknown.output}` };
  const names = `${changed.output}\n${unknown.output}`.split('\n').filter((name) => name !== '');
  return { problems: names.map((name) => `${name}: differs from what the build generates; commit it`) };
}
