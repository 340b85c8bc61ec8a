// The folder of what `forgebench ci` leaves behind.
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const PAGES = 'explanations';

/** Makes the folder; what an earlier run left there goes. */
export function clearFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/** Copies the pages of explanations from some folders into one; each case has a place of its own there. */
export function copyPages(from: readonly string[], to: string): void {
  for (const folder of from)
    if (existsSync(join(folder, PAGES))) cpSync(join(folder, PAGES), join(to, PAGES), { recursive: true });
}
