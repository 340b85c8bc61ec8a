// Trials are kept line by line, so that an end in between loses nothing.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Appends a trial to a file, which is made where there is none. */
export function appendLine(file: string, trial: object): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(trial)}\n`);
}

/** All trials that a file has so far. */
export function readLines<Trial>(file: string): Trial[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Trial);
}
