// A revision of a git repository as a folder, without touching the repository's own index or working tree.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { versionsFolder } from './cache-folder.js';
import { git } from './git.js';
import { VersionError } from './version-spec.js';

/** A revision on disk. */
export interface CheckedOut {
  /** The same folder of the repository as was asked for. */
  folder: string;
  /** Full name of the commit. */
  commit: string;
}

/**
 * Writes the files of a revision into the cache, once for each commit. `node_modules` of the working tree serve it too,
 * because no repository holds them.
 *
 * @param folder of a repository, or below one
 * @throws VersionError where there is no such repository, revision, or folder in it
 */
export function checkOut(folder: string, revision: string): CheckedOut {
  const ask = (...args: string[]) => git(folder, args, { folder, revision });
  const top = ask('rev-parse', '--show-toplevel');
  const prefix = ask('rev-parse', '--show-prefix');
  const commit = ask('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`);
  const place = createHash('sha256').update(top).digest('hex').slice(0, 8);
  const tree = join(versionsFolder(), 'git', `${commit.slice(0, 16)}-${place}`);
  if (!existsSync(tree)) writeTree(tree, (args, env) => git(top, args, { folder, revision, env }), commit);
  const its = join(tree, prefix);
  if (!existsSync(its)) throw new VersionError(`Cannot use revision "${revision}": it has no folder "${prefix}"`);
  linkPackages(top, tree);
  linkPackages(folder, its);
  return { folder: its, commit };
}

type Git = (args: string[], env: NodeJS.ProcessEnv) => string;

/** Beside its place first, so that a half-written tree is never taken for one. */
function writeTree(tree: string, ask: Git, commit: string): void {
  mkdirSync(dirname(tree), { recursive: true });
  const part = mkdtempSync(`${tree}.`);
  try {
    const env = { ...process.env, GIT_INDEX_FILE: join(part, 'index') };
    ask(['read-tree', commit], env);
    ask(['checkout-index', '--all', `--prefix=${join(part, 'tree')}/`], env);
    mkdirSync(join(part, 'tree'), { recursive: true });
    if (!existsSync(tree)) renameSync(join(part, 'tree'), tree);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

function linkPackages(from: string, to: string): void {
  const [source, link] = [join(from, 'node_modules'), join(to, 'node_modules')];
  if (!existsSync(source) || lstatSync(link, { throwIfNoEntry: false })) return;
  symlinkSync(source, link);
}
