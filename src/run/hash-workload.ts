// What a workload runs, as a hash of its files: two runs with the same one have nothing to compare.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { WorkloadReference } from '../samples/index.js';

/** Hex digits that are kept of a SHA-256: enough to tell files apart that nobody forges. */
const DIGITS = 32;

/**
 * The hash of an addon, of a module with the files that it imports by a relative path, or of a program with those of its
 * arguments that are files. Packages, and files that are only named while the workload runs, are not part of it.
 *
 * @returns 32 hex digits; null where a file is missing
 * @example
 * hashWorkload({ kind: 'command', command: ['true'], cwd: '.', env: {}, expectedExitCode: 0 })?.length // 32
 */
export function hashWorkload(workload: WorkloadReference): string | null {
  const files = filesOf(workload);
  if (files.length === 0 || !files.every(isFile)) return null;
  const hashes = files.map(hashFile);
  return hashes.length === 1 ? (hashes[0] as string) : hash(hashes.join('\n'));
}

const known = new Map<string, string>();

/** Many benchmarks share one addon, which is read once. */
function hashFile(file: string): string {
  const { mtimeMs, size } = statSync(file);
  const key = `${file}:${mtimeMs}:${size}`;
  const its = known.get(key) ?? hash(readFileSync(file));
  known.set(key, its);
  return its;
}

function filesOf(workload: WorkloadReference): string[] {
  if (workload.kind === 'native') return [workload.addon];
  if (workload.kind === 'module') return withImports(workload.file);
  const [program = '', ...args] = workload.command;
  const named = args.map((each) => resolve(workload.cwd, each)).filter(isFile);
  return [inPath(program, workload.cwd), ...named];
}

/** `from './x.mjs'`, `import './x.mjs'` and `import('./x.mjs')`. */
const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;

function withImports(file: string, found = new Set<string>()): string[] {
  if (found.has(file)) return [];
  found.add(file);
  if (isFile(file))
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(RELATIVE_IMPORT))
      withImports(resolve(dirname(file), specifier), found);
  return [...found];
}

function inPath(program: string, cwd: string): string {
  if (program.includes('/')) return resolve(cwd, program);
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find(isFile) ?? program;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, DIGITS);
}
