// Loads definition files: TypeScript is transpiled once, imports of packages are kept, and what is declared collected.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildFailure, build } from 'esbuild';
import type { Benchmark } from './benchmark.js';
import { DefinitionError } from './definition-error.js';
import { collectBenchmarks } from './suite.js';

/** Where definitions are looked for, and where their transpiled form is kept. */
export interface LoadOptions {
  /** Absolute path of the working folder. */
  root: string;
  /** Absolute path of the folder for transpiled files. */
  cache: string;
}

/**
 * Loads the definition files in the order of their names.
 *
 * @param files absolute paths
 * @returns all benchmarks, in the order of their declaration
 * @throws DefinitionError naming file and line of a syntax error or a wrong field
 */
export async function loadDefinitions(files: readonly string[], options: LoadOptions): Promise<Benchmark[]> {
  // Places in errors are those of the author's file, not of the transpiled one.
  process.setSourceMapsEnabled(true);
  return collectBenchmarks(async () => {
    for (const file of files) await load(file, options);
  });
}

async function load(file: string, options: LoadOptions): Promise<void> {
  const module = await transpile(file, options);
  try {
    await import(pathToFileURL(module).href);
  } catch (error) {
    throw DefinitionError.of(error as Error, file);
  }
}

/**
 * Transpiles a TypeScript file, and what it imports by a relative path, into one ES module in the cache. JavaScript
 * is left as it is: a workload must run as its author wrote it.
 *
 * @returns the absolute path of the module to import
 */
export async function transpile(file: string, options: LoadOptions): Promise<string> {
  if (!/\.[cm]?ts$/.test(file)) return file;
  const hash = createHash('sha256').update(file).digest('hex').slice(0, 8);
  const outfile = join(options.cache, `${basename(file).replace(/\.[cm]?ts$/, '')}-${hash}.mjs`);
  try {
    const result = await build({
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
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(file).href) },
    });
    mkdirSync(dirname(outfile), { recursive: true });
    for (const output of result.outputFiles) writeFileSync(outfile, output.contents);
  } catch (error) {
    throw fromEsbuild(error as BuildFailure, file, options.root);
  }
  return outfile;
}

function fromEsbuild(failure: BuildFailure, file: string, root: string): Error {
  const first = failure.errors?.[0];
  if (!first) return failure;
  const place = first.location ? `${resolve(root, first.location.file)}:${first.location.line}` : relative(root, file);
  const line = first.location?.lineText.trim() ?? '';
  return new DefinitionError(`Cannot read the file: ${first.text}${line === '' ? '' : `\n  ${line}`}`, place);
}
