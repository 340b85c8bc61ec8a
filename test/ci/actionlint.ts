// The checker of workflow files, built once into the user's cache by Go.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const VERSION = 'v1.7.12';

/** The program, or nothing where it is not installed and Go cannot build it. */
export function findActionlint(): string | undefined {
  if (spawnSync('actionlint', ['-version']).status === 0) return 'actionlint';
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'forgebench', `actionlint-${VERSION}`);
  const program = join(folder, 'actionlint');
  if (!existsSync(program)) install(folder);
  return existsSync(program) ? program : undefined;
}

/** Go moves a program to its place when it is whole. */
function install(folder: string): void {
  const go = ['/usr/local/go/bin/go', 'go'].find((each) => spawnSync(each, ['version']).status === 0);
  if (go === undefined) return;
  mkdirSync(folder, { recursive: true });
  spawnSync(go, ['install', `github.com/rhysd/actionlint/cmd/actionlint@${VERSION}`], {
    env: { ...process.env, GOBIN: folder },
    timeout: 300_000,
  });
}
