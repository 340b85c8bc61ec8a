// Compiles `src` to `dist`, and what is generated from it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCommand } from '../setup/command.mjs';
import { filesOf } from '../setup/stamp.mjs';
import { BuildError, type BuildStep } from './step.js';

const SCHEMA = 'docs/run.schema.json';

/** The step that compiles `src`; browser code has a step of its own. */
export function typescriptStep(addonTypes: readonly string[]): BuildStep {
  return {
    name: 'dist',
    inputs: ['src', 'tsconfig.json', 'package-lock.json', ...addonTypes],
    versions: [],
    run: async () => {
      const { code, output } = await runCommand(['node_modules/.bin/tsc', '-p', 'tsconfig.json', '--listEmittedFiles']);
      if (code !== 0)
        throw new BuildError(`Cannot compile src: the types do not fit\n${output.replaceAll(/^TSFILE: .*\n?/gm, '')}`);
      return [...output.matchAll(/^TSFILE: (.+)$/gm)].map((match) => relative('.', match[1] ?? ''));
    },
  };
}

/** The step that bundles what browsers run. */
export function clientsStep(): BuildStep {
  return {
    name: 'browser clients',
    inputs: ['src', 'scripts/build-clients.mjs', 'package-lock.json'],
    versions: [],
    run: async () => {
      const { buildClients } = (await load('scripts/build-clients.mjs')) as { buildClients: () => Promise<unknown> };
      await buildClients();
      return filesOf('dist').filter((file) => /\.client\.(js|css)$/.test(file));
    },
  };
}

/** The step that writes the published schema of a run from the one that the code checks with. */
export function schemaStep(): BuildStep {
  return {
    name: SCHEMA,
    inputs: ['dist/report', 'dist/samples', 'package-lock.json'],
    versions: [],
    run: async () => {
      const { jsonSchema } = (await load('dist/report/index.js')) as { jsonSchema: () => unknown };
      mkdirSync('docs', { recursive: true });
      const text = `${JSON.stringify(jsonSchema(), null, 2)}\n`;
      if (filesOf(SCHEMA).length === 0 || readFileSync(SCHEMA, 'utf8') !== text) writeFileSync(SCHEMA, text);
      return [SCHEMA];
    },
  };
}

/** Imports a module that exists only once something else has been built. */
function load(path: string): Promise<unknown> {
  return import(pathToFileURL(path).href);
}
