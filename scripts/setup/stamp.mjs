// @ts-check
// Decides whether a step has anything to do: a stamp holds hashes of what went in and of what came out.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where stamps lie; the folder may be deleted at any time, which costs no more than a rebuild. */
export const SETUP_FOLDER = '.setup';

/** Larger outputs are compared by size and time, because hashing an addon at each start takes too long. */
const HASHED_BYTES = 1 << 20;

/** Folders that are never inputs: what they hold is made from inputs. */
const NEVER_INPUTS = new Set(['node_modules', 'target', 'dist', '.git']);

/**
 * One hash over files, folders and texts.
 *
 * @param {readonly string[]} paths Files and folders; one that is missing counts as missing.
 * @param {readonly string[]} [texts] What else the result depends on, such as a version.
 * @returns {string} SHA-256 in hexadecimal.
 */
export function hashInputs(paths, texts = []) {
  const hash = createHash('sha256').update(JSON.stringify(texts));
  for (const path of paths.flatMap(filesOf)) {
    hash.update(`\0${path}\0`).update(createHash('sha256').update(readFileSync(path)).digest());
  }
  return hash.digest('hex');
}

/**
 * All files below a path, sorted; the path itself where it is a file; nothing where it is missing.
 *
 * @param {string} path
 * @returns {string[]}
 */
export function filesOf(path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return [];
  if (!status.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => !NEVER_INPUTS.has(name) && !name.endsWith('.node'));
  return names.sort().flatMap((name) => filesOf(join(path, name)));
}

/**
 * Whether a step was done with these inputs and what it made is still there, unchanged.
 *
 * @param {string} step Name of the step.
 * @param {string} inputs Result of {@link hashInputs}.
 * @param {string} [folder] Where stamps lie.
 * @returns {boolean}
 */
export function isCurrent(step, inputs, folder = SETUP_FOLDER) {
  const stamp = readStamp(step, folder);
  if (stamp?.inputs !== inputs) return false;
  return Object.entries(stamp.outputs).every(([path, mark]) => existsSync(path) && markOf(path) === mark);
}

/**
 * Says that a step was done. What the step made the last time and no longer makes is deleted.
 *
 * @param {string} step Name of the step.
 * @param {{ inputs: string, outputs: readonly string[] }} result Hash of the inputs taken before the step, files made by it.
 * @param {string} [folder] Where stamps lie.
 */
export function recordStamp(step, { inputs, outputs }, folder = SETUP_FOLDER) {
  for (const path of Object.keys(readStamp(step, folder)?.outputs ?? {})) {
    if (!outputs.includes(path)) rmSync(path, { force: true });
  }
  const marks = Object.fromEntries(outputs.map((path) => [path, markOf(path)]));
  mkdirSync(folder, { recursive: true });
  // Written whole or not at all, so that an interruption leaves the old stamp.
  const file = join(folder, `${step}.json`);
  writeFileSync(`${file}.new`, JSON.stringify({ inputs, outputs: marks }));
  renameSync(`${file}.new`, file);
}

/**
 * @param {string} step
 * @param {string} folder
 * @returns {{ inputs: string, outputs: Record<string, string> } | undefined}
 */
function readStamp(step, folder) {
  try {
    return JSON.parse(readFileSync(join(folder, `${step}.json`), 'utf8'));
  } catch {
    // No stamp, or one that nobody can read: the step is done again.
    return undefined;
  }
}

/** @param {string} path */
function markOf(path) {
  const { size, mtimeMs } = statSync(path);
  if (size > HASHED_BYTES) return `${size} ${mtimeMs}`;
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
