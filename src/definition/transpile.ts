// TypeScript that people write, turned into modules that Node.js runs; done again only where a file has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildFailure, BuildResult } from 'esbuild';
import { DefinitionError } from './definition-error.js';

/** Where definitions are looked for, and where their transpiled form is kept. */
export interface LoadOptions {
  /** Absolute path of the working folder. */
  root: string;
  /** Absolute path of the folder for transpiled files. */
  cache: string;
}

/** Goes up with whatever changes what is written into the cache. */
const CACHE_VERSION = 1;

/**
 * Transpiles a TypeScript file, and what it imports by a relative path, into one ES module in the cache, unless that was
 * made of the same contents. JavaScript is left as it is: a workload must run as its author wrote it.
 *
 * @returns the absolute path of the module to import
 * @throws DefinitionError naming file and line of a syntax error
 */
export async function transpile(file: string, options: LoadOptions): Promise<string> {
  if (!/\.[cm]?ts$/.test(file)) return file;
  const outfile = join(options.cache, `${basename(file).replace(/\.[cm]?ts$/, '')}-${hash(file).slice(0, 8)}.mjs`);
  if (isCurrent(outfile)) return outfile;
  const result = await bundle(file, outfile, options.root);
  mkdirSync(dirname(outfile), { recursive: true });
  for (const output of result.outputFiles ?? []) putInPlace(outfile, output.contents);
  putInPlace(noteOf(outfile), JSON.stringify(note(result)));
  return outfile;
}

/** Renamed when it is whole: another program may transpile the same file, or import what is there. */
function putInPlace(file: string, contents: string | Uint8Array): void {
  const part = `${file}.${process.pid}`;
  writeFileSync(part, contents);
  renameSync(part, file);
}

async function bundle(file: string, outfile: string, root: string): Promise<BuildResult> {
  // Imported where it is needed: it starts a process of its own, and most often nothing has changed.
  const { build } = await import('esbuild');
  try {
    return await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'inline',
      logLevel: 'silent',
      write: false,
      metafile: true,
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(file).href) },
    });
  } catch (error) {
    throw fromEsbuild(error as BuildFailure, file, root);
  }
}

/** What a transpiled file was made of: hashes of its inputs by absolute path. */
interface CacheNote {
  version: number;
  inputs: Record<string, string>;
}

function note({ metafile }: BuildResult): CacheNote {
  const files = Object.keys(metafile?.inputs ?? {}).map((input) => resolve(input));
  return {
    version: CACHE_VERSION,
    inputs: Object.fromEntries(files.map((each) => [each, hash(readFileSync(each))])),
  };
}

function isCurrent(outfile: string): boolean {
  if (!existsSync(outfile)) return false;
  try {
    const { version, inputs } = JSON.parse(readFileSync(noteOf(outfile), 'utf8')) as CacheNote;
    const files = Object.entries(inputs);
    return (
      version === CACHE_VERSION && files.length > 0 && files.every(([each, was]) => hash(readFileSync(each)) === was)
    );
  } catch {
    // No note, one that nobody can read, or an input that is gone: it is transpiled again.
    return false;
  }
}

function noteOf(outfile: string): string {
  return `${outfile}.inputs.json`;
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function fromEsbuild(failure: BuildFailure, file: string, root: string): Error {
  const first = failure.errors?.[0];
  if (!first) return failure;
  const place = first.location ? `${resolve(root, first.location.file)}:${first.location.line}` : relative(root, file);
  const line = first.location?.lineText.trim() ?? '';
  return new DefinitionError(`Cannot read the file: ${first.text}${line === '' ? '' : `\n  ${line}`}`, place);
}
