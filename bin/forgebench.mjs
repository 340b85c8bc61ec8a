#!/usr/bin/env node
// @ts-check
// Starts the built program, or says how to build it.
import { existsSync } from 'node:fs';

const program = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  process.stderr.write('Cannot start forgebench: it has not been built; run "npm run setup"\n');
  process.exitCode = 2;
}
