// Which commit a pull request is measured against, and what it changes.
import { execFileSync } from 'node:child_process';
import { CiError } from './ci-error.js';
import type { PullRequest } from './github-context.js';

/**
 * The commit that a pull request is to be compared with: what its branch was merged with where the merge is checked out,
 * as GitHub does by default, and otherwise where its branch left the base. Fetched where the clone is shallow.
 *
 * @param folder of the repository
 * @throws CiError where it is not in the clone and cannot be fetched
 */
export function findBase(folder: string, { base, head }: PullRequest): string {
  const parents = ask(folder, 'rev-list', '--parents', '-n', '1', 'HEAD')?.split(' ').slice(1) ?? [];
  const [first, second] = parents;
  if (first !== undefined && second === head.sha) return present(folder, first, base.ref);
  present(folder, base.sha, base.ref);
  return ask(folder, 'merge-base', base.sha, 'HEAD') ?? base.sha;
}

/** Files that differ between a commit and the working tree, relative to the repository. */
export function changedFiles(folder: string, commit: string): string[] {
  const names = ask(folder, 'diff', '--name-only', '--no-renames', '-z', commit, '--');
  return names === undefined ? [] : names.split('\0').filter((name) => name !== '');
}

function present(folder: string, commit: string, ref: string): string {
  const isThere = () => ask(folder, 'cat-file', '-e', `${commit}^{commit}`) !== undefined;
  if (!isThere()) ask(folder, 'fetch', '--no-tags', '--depth=1', 'origin', commit);
  if (isThere()) return commit;
  throw new CiError(
    `Cannot find the base ${commit.slice(0, 12)} of "${ref}": this clone does not have it, and it could not be fetched; set "fetch-depth: 0" of actions/checkout`,
  );
}

/** What git prints; nothing where it refuses. */
function ask(folder: string, ...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 << 20,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    }).trim();
  } catch {
    return undefined;
  }
}
