// @ts-check
// Loads packages of a contestant from the environment that it was given, which lies outside the project.
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** @param {string} name @returns {any} */
export function load(name) {
  const environment = process.argv[2];
  if (environment === undefined) throw new Error('the folder with its packages is not named');
  return createRequire(join(environment, 'package.json'))(name);
}
