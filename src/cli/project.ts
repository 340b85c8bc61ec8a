// The working folder: its configuration, its definitions, its `.forgebench`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { alertConfiguration } from '../alert/index.js';
import {
  type Benchmark,
  compareLists,
  DefinitionError,
  loadDefinitions,
  type SuiteFacts,
  transpile,
} from '../definition/index.js';
import { loadAddon } from '../native/index.js';
import { isDuration } from '../units/index.js';
import { UsageError } from './usage-error.js';

const duration = z.string();

const configurationSchema = z.strictObject({
  /** Folder of the `*.bench.*` files. */
  definitions: z.string().default('benches'),
  launches: z.int().min(1).optional(),
  memoryLaunches: z.int().min(0).optional(),
  memoryOperations: z.int().min(1).optional(),
  memoryLimit: duration.optional(),
  instructions: z.boolean().optional(),
  samples: z.int().min(1).optional(),
  warmUp: duration.optional(),
  measure: duration.optional(),
  budget: duration.optional(),
  timeout: duration.optional(),
  significance: z.number().gt(0).lt(1).optional(),
  /** Where runs are stored beside their folders: a file, or the URL of PostgreSQL. */
  store: z.string().optional(),
  /** Runs that go after a new one was stored; none where it is absent. */
  retention: z
    .strictObject({
      olderThan: duration.refine(isDuration, 'has to be a time such as 90d').optional(),
      keep: z.int().min(1).optional(),
      keepFigures: z.boolean().optional(),
    })
    .optional(),
  /** Who is told of regressions. */
  alerts: alertConfiguration.optional(),
});

/** What `forgebench.config.ts` may export; flags go before it, presets after it. */
export type Configuration = z.input<typeof configurationSchema>;
export type CheckedConfiguration = z.output<typeof configurationSchema>;

/** The working folder as forgebench sees it: configuration, benchmarks and where runs are kept. */
export interface Project {
  root: string;
  /** Folders of runs. */
  runs: string;
  configuration: CheckedConfiguration;
  /** With modules in TypeScript replaced by what workers import. */
  benchmarks: Benchmark[];
  /** The same as their author declared them. */
  declared: Benchmark[];
  suites: SuiteFacts[];
}

/**
 * Opens the project of a folder: reads its configuration, loads its definitions and compares them with their addons.
 *
 * @param definitionsCache where transpiled definitions go, which find the packages that they import from there
 * @throws UsageError or DefinitionError
 */
export async function openProject(root: string, definitionsCache = cacheOf(root)): Promise<Project> {
  const options = { root, cache: definitionsCache };
  const configuration = await readConfiguration(root, definitionsCache);
  const files = definitionFiles(resolve(root, configuration.definitions));
  const { benchmarks: declared, suites } = await loadDefinitions(files, options);
  if (declared.length === 0)
    throw new UsageError(
      `Cannot find benchmarks: ${files.join(', ')} declare none; docs/definitions.md shows how to declare one`,
    );
  compareWithAddons(declared);
  const benchmarks = await transpileModules(declared, root);
  return { root, runs: join(root, '.forgebench', 'runs'), configuration, benchmarks, declared, suites };
}

/** Where a project's transpiled files go. */
export function cacheOf(root: string): string {
  return join(root, '.forgebench', 'cache');
}

const CONFIGURATION_FILES = ['forgebench.config.ts', 'forgebench.config.mjs', 'forgebench.config.js'];

/** Whether a folder has a configuration or definitions, so that it can be opened. */
export function isProject(root: string): boolean {
  return [...CONFIGURATION_FILES, configurationSchema.parse({}).definitions].some((each) =>
    existsSync(join(root, each)),
  );
}

/**
 * The configuration of a folder; defaults where it has none.
 *
 * @throws DefinitionError where it does not fit
 */
export async function readConfiguration(root: string, cache = cacheOf(root)): Promise<CheckedConfiguration> {
  const name = CONFIGURATION_FILES.find((each) => existsSync(join(root, each)));
  if (name === undefined) return configurationSchema.parse({});
  const file = join(root, name);
  const module = await importConfiguration(file, { root, cache });
  const result = configurationSchema.safeParse(module.default ?? {});
  if (!result.success)
    throw DefinitionError.fromZod('the configuration', result.error, {
      place: placeOf(result.error, file),
      allowed: Object.keys(configurationSchema.shape),
    });
  return result.data;
}

/** The line where the first wrong field stands, as far as its name tells. */
function placeOf(error: z.ZodError, file: string): string {
  const [issue] = error.issues;
  const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0];
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((each) => new RegExp(`(^|[{,\\s'"])${String(field)}['"]?\\s*:`).test(each));
  return line < 0 ? file : `${file}:${line + 1}`;
}

async function importConfiguration(
  file: string,
  options: { root: string; cache: string },
): Promise<{ default?: unknown }> {
  // Places in errors are those of the author's file, not of the transpiled one.
  process.setSourceMapsEnabled(true);
  const module = await transpile(file, options);
  try {
    return await import(pathToFileURL(module).href);
  } catch (error) {
    throw DefinitionError.of(error as Error, file);
  }
}

function definitionFiles(folder: string): string[] {
  if (!existsSync(folder)) {
    throw new UsageError(
      `Cannot find definitions: the folder "${folder}" does not exist; make "${basename(folder)}/NAME.bench.ts" or set "definitions" in forgebench.config.ts`,
    );
  }
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) =>
    /\.bench\.[cm]?[jt]s$/.test(each),
  );
  if (files.length === 0)
    throw new UsageError(
      `Cannot find definitions: "${folder}" has no file whose name ends in ".bench.ts"; make "${basename(folder)}/NAME.bench.ts" (docs/definitions.md)`,
    );
  return files.sort().map((each) => join(folder, each));
}

/** Both lists of each addon have to agree before anything runs. */
function compareWithAddons(benchmarks: readonly Benchmark[]): void {
  const addons = new Set(benchmarks.flatMap(({ workload }) => (workload.kind === 'native' ? [workload.addon] : [])));
  for (const file of addons) {
    if (!existsSync(file))
      throw new UsageError(
        `Cannot find the addon "${file}": build it; those of forgebench itself are built by "npm run setup"`,
      );
    const its = benchmarks.filter(({ workload }) => workload.kind === 'native' && workload.addon === file);
    const differences = compareLists(its, { file: basename(dirname(file)), workloads: listWorkloads(file) });
    if (differences.length > 0)
      throw new UsageError(`Definitions and addon differ:\n${differences.map((line) => `  ${line}`).join('\n')}`);
  }
}

/** What an addon lists. */
export function listWorkloads(file: string) {
  try {
    return loadAddon(file).list();
  } catch (error) {
    const { message } = error as Error;
    // An addon of another version loads and then lacks a function.
    throw new UsageError(
      message.startsWith('Cannot') ? message : `Cannot use the addon "${file}": ${message}; build it again`,
    );
  }
}

/** Modules in TypeScript are transpiled once for each run; workers import the result as native ES modules. */
export function transpileModules(benchmarks: readonly Benchmark[], root: string): Promise<Benchmark[]> {
  return Promise.all(
    benchmarks.map(async (benchmark) => {
      const { id, workload, declaredAt } = benchmark;
      if (workload.kind !== 'module') return benchmark;
      if (!existsSync(workload.file))
        throw new DefinitionError(`Cannot find the module of "${id}": ${workload.file} does not exist`, declaredAt);
      return {
        ...benchmark,
        workload: { ...workload, file: await transpile(workload.file, { root, cache: cacheOf(root) }) },
      };
    }),
  );
}
