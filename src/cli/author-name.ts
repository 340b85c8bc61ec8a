// Who sits at this machine.
import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';

/** The name that git would sign with, or that of the account. */
export function authorName(): string {
  try {
    const name = execFileSync('git', ['config', 'user.name'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (name.trim() !== '') return name.trim();
  } catch {
    // There is no git, or it knows no name.
  }
  return userInfo().username;
}
