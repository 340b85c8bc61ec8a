// @ts-check
// Finds programs as the shell does, without starting one.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Whether a program can be started by its name.
 *
 * @param {string} program Such as `cargo`.
 * @param {string} [path] Folders to look in; those of this process where nothing is said.
 * @returns {boolean}
 */
export function isOnPath(program, path = process.env.PATH ?? '') {
  return path.split(delimiter).some((folder) => isExecutable(join(folder, program)));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
