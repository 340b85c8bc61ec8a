// Baselines: runs that have a name, kept apart from the folders of runs so that removing those leaves them alone.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { writeRunFile } from './run-folder.js';
import { StoreError } from './store-error.js';

/** What may be a name: it is a folder, and must never be taken for a path or a flag. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Names of all baselines in a project's `.forgebench`, in alphabetical order. */
export function listBaselines(kept: string): string[] {
  const folder = join(kept, 'baselines');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'run.json')))
    .sort();
}

/** The run.json of a baseline. */
export function baselineFile(kept: string, name: string): string {
  return join(kept, 'baselines', name, 'run.json');
}

/**
 * Checks a name before anything is measured for it.
 *
 * @throws StoreError where it cannot be the name of a baseline
 */
export function checkBaselineName(name: string): void {
  if (NAME.test(name)) return;
  throw new StoreError(
    `Cannot use "${name}" as the name of a baseline: letters, digits, ".", "_" and "-" are allowed, such as main or v1.2`,
  );
}

/**
 * Gives a run a name; what had it before is replaced once the new one is complete. Profiles are copied, so that they
 * are there when a later run is to be explained.
 *
 * @param run its run.json, and the folder of its profiles, which need not exist
 */
export function saveBaseline(kept: string, name: string, run: { text: string; profiles: string }): void {
  checkBaselineName(name);
  const file = baselineFile(kept, name);
  mkdirSync(dirname(file), { recursive: true });
  const copied = join(dirname(file), 'profiles');
  if (resolve(run.profiles) === resolve(copied)) return;
  rmSync(copied, { recursive: true, force: true });
  if (existsSync(run.profiles)) cpSync(run.profiles, copied, { recursive: true });
  writeRunFile(file, run.text);
}

/** Removes a baseline; the run that it names stays. */
export function removeBaseline(kept: string, name: string): void {
  if (!listBaselines(kept).includes(name))
    throw new StoreError(
      `Cannot remove the baseline "${name}": there is none of that name; run "forgebench baseline list"`,
    );
  rmSync(dirname(baselineFile(kept, name)), { recursive: true });
}

/**
 * The id of the run that a baseline names.
 *
 * @throws StoreError where its file is damaged
 */
export function baselineRun(kept: string, name: string): string {
  try {
    const { id } = JSON.parse(readFileSync(baselineFile(kept, name), 'utf8')) as { id?: unknown };
    if (typeof id === 'string') return id;
  } catch {
    // What is no JSON is refused like JSON without an id.
  }
  throw new StoreError(
    `Cannot read the baseline "${name}": its run.json is truncated or no run; remove it with "forgebench baseline remove ${name}"`,
  );
}

/** When a baseline was saved. */
export function baselineSavedAt(kept: string, name: string): Date {
  return statSync(baselineFile(kept, name)).mtime;
}
