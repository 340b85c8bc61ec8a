// Git, asked about a repository.
import { execFileSync } from 'node:child_process';
import { VersionError } from './version-spec.js';

/** Which revision is asked about, for errors, and what git's environment is where it is not ours. */
export interface AskedRevision {
  folder: string;
  revision: string;
  env?: NodeJS.ProcessEnv;
}

/**
 * What git prints, without the last line break.
 *
 * @throws VersionError with git's first line where it refuses
 */
export function git(cwd: string, args: string[], { folder, revision, env }: AskedRevision): string {
  try {
    const output = execFileSync('git', args, {
      cwd,
      env: env ?? process.env,
      encoding: 'utf8',
      stdio: 'pipe',
      maxBuffer: 256 << 20,
    });
    return output.trim();
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const why = stderr?.trim().split('\n')[0] || message;
    throw new VersionError(`Cannot use revision "${revision}" of "${folder}": ${why}; check it with "git log"`);
  }
}
