// Whether two folders hold the same files.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** What is no source: where packages are is told apart from what they hold. */
const LEFT_OUT: ReadonlySet<string> = new Set(['.git', 'node_modules', '.forgebench', 'target']);

/**
 * A digest of all files below a folder, by path and content, and of where its packages are. Packages, results and what
 * cargo makes are not looked into.
 *
 * @param without names of files in the folder itself that do not count
 * @example
 * treeDigest('old') === treeDigest('new') // the same sources
 */
export function treeDigest(folder: string, without: ReadonlySet<string> = new Set()): string {
  const hash = createHash('sha256');
  const packages = join(folder, 'node_modules');
  if (existsSync(packages)) hash.update(realpathSync(packages));
  addFolder(hash, { folder, without }, '');
  return hash.digest('hex');
}

function addFolder(
  hash: ReturnType<typeof createHash>,
  { folder, without }: { folder: string; without?: ReadonlySet<string> },
  path: string,
): void {
  const entries = readdirSync(join(folder, path), { withFileTypes: true })
    .filter(({ name }) => !LEFT_OUT.has(name) && !without?.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const its = join(path, entry.name);
    if (entry.isDirectory()) addFolder(hash, { folder }, its);
    else if (entry.isFile()) hash.update(`\0${its}\0`).update(contentDigest(join(folder, its)));
    else if (entry.isSymbolicLink()) hash.update(`\0${its}\0link ${readlinkSync(join(folder, its))}`);
  }
}

/** Of a fixed length, so that no content can look like the path of a next file. */
function contentDigest(file: string): Buffer {
  return createHash('sha256').update(readFileSync(file)).digest();
}
