// Where versions that were checked out or built are kept.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of all versions, for all projects of this user; it may be removed at any time. */
export function versionsFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'forgebench', 'versions');
}
