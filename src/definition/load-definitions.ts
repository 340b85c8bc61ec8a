// Loads definition files and collects what they declare.
import { pathToFileURL } from 'node:url';
import { DefinitionError } from './definition-error.js';
import { collectDeclared, type Declared } from './suite.js';
import { type LoadOptions, transpile } from './transpile.js';

/**
 * Loads the definition files in the order of their names.
 *
 * @param files absolute paths
 * @returns all benchmarks in the order of their declaration, and their suites
 * @throws DefinitionError naming file and line of a syntax error or a wrong field
 */
export async function loadDefinitions(files: readonly string[], options: LoadOptions): Promise<Declared> {
  // Places in errors are those of the author's file, not of the transpiled one.
  process.setSourceMapsEnabled(true);
  return collectDeclared(async () => {
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
