#!/usr/bin/env node
// @ts-check
// Starts the built program, or says how to build it. An older Node.js can read this file, so that it can be refused.
import { existsSync } from 'node:fs';
import module from 'node:module';

/** The floor of package.json. */
const FLOOR = /** @type {const} */ ([20, 19]);

const program = new URL('../dist/cli/main.js', import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < FLOOR[0] || (major === FLOOR[0] && minor < FLOOR[1])) {
  process.stderr.write(
    `Cannot run on Node.js ${process.version}: version ${FLOOR.join('.')} or newer is needed; install one from https://nodejs.org or with "nvm install 22"\n`,
  );
  process.exitCode = 2;
} else if (existsSync(program)) {
  // Node.js 22 and later keep compiled code between starts; it costs nothing where it is missing.
  /** @type {{ enableCompileCache?: () => unknown }} */ (module).enableCompileCache?.();
  await import(program.href);
} else {
  process.stderr.write('Cannot start forgebench: it has not been built; run "npm run setup"\n');
  process.exitCode = 2;
}
