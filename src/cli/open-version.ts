// From the name of a version to its benchmarks: the same cases, each with the workload of that version.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { type Benchmark, compareLists, type Selection, SelectionError, selectCases } from '../definition/index.js';
import type { WorkloadReference } from '../samples/index.js';
import type { RunVersion } from '../store/index.js';
import {
  type CrateChoice,
  checkOut,
  codeDigest,
  findSubjects,
  parseVersionSpec,
  treeDigest,
  VersionError,
} from '../versions/index.js';
import { openCrateVersion } from './open-crates.js';
import { cacheOf, isProject, listWorkloads, openProject, type Project, transpileModules } from './project.js';
import { withAddon } from './with-addon.js';

/** A version whose workloads can be launched. */
export interface OpenedVersion extends Omit<RunVersion, 'benchmarks'> {
  selections: Selection[];
  /** The folder that its code is in; null where it is an addon. */
  folder: string | null;
}

/** What opening a version needs to know. */
export interface OpenOptions {
  project: Project;
  selects: readonly string[];
  /** A command that makes a revision ready to be measured. */
  build: string | undefined;
  /** Whether instructions are counted, for which crates are built as a program too. */
  instructions: boolean;
  /** Benchmarks of folders that were opened already: definitions are loaded once in a process. */
  opened: Map<string, readonly Benchmark[]>;
}

/**
 * Opens a version: an addon, a folder, or a revision.
 *
 * @throws VersionError, UsageError or DefinitionError
 */
export async function openVersion(spec: string, options: OpenOptions): Promise<OpenedVersion> {
  const parsed = parseVersionSpec(spec, options.project.root);
  const facts = { spec, subjects: {}, commit: null, leftOut: [] };
  switch (parsed.kind) {
    case 'addon':
      return { ...facts, folder: null, ...ofAddon(parsed.file, options) };
    case 'folder':
      return { ...facts, ...(await ofFolder(parsed.folder, spec, options)) };
    case 'revision': {
      const { folder, commit } = checkOut(parsed.folder, parsed.revision);
      if (options.build !== undefined) build(options.build, folder, spec);
      return { ...facts, ...(await ofFolder(folder, spec, options)), commit: commit.slice(0, 12) };
    }
    case 'registry':
      return { ...facts, folder: null, ...(await ofCrates(spec, { pins: parsed.pins }, options)) };
  }
}

/** The benchmarks whose workload the addon lists. */
function ofAddon(file: string, { project, selects }: OpenOptions): { selections: Selection[] } {
  const workloads = listWorkloads(file);
  const listed = new Set(workloads.map(({ id }) => id));
  const its = project.benchmarks.filter(({ id, workload }) => workload.kind === 'native' && listed.has(id));
  const known = new Set(its.map(({ id }) => id));
  const differences = compareLists(its, { file, workloads: workloads.filter(({ id }) => known.has(id)) });
  if (differences.length > 0)
    throw new VersionError(
      `Cannot use the version "${file}": it does not fit the definitions\n${differences.join('\n')}`,
    );
  return {
    selections: select(
      its.map((each) => withAddon(each, file)),
      selects,
    ),
  };
}

function ofCrates(spec: string, choice: CrateChoice, { project, selects, instructions }: OpenOptions) {
  const selections = select(project.benchmarks, selects);
  return openCrateVersion(spec, choice, { project, selections, runner: instructions });
}

/** Crates under test; or a project with definitions of its own; or else the files that the definitions here name, looked for there. */
async function ofFolder(
  folder: string,
  spec: string,
  options: OpenOptions,
): Promise<{ folder: string | null; selections: Selection[] } & Partial<RunVersion>> {
  const { project, selects, opened } = options;
  const here = realpathSync(folder);
  const local = here === realpathSync(project.root) ? [] : await findSubjects(here);
  if (local.length > 0) return { folder: null, ...(await ofCrates(spec, { local }, options)) };
  const benchmarks = opened.get(here) ?? (await benchmarksIn(here, project));
  opened.set(here, benchmarks);
  return { folder: here, selections: select(benchmarks, selects) };
}

async function benchmarksIn(folder: string, project: Project): Promise<Benchmark[]> {
  if (folder === realpathSync(project.root)) return project.benchmarks;
  if (isProject(folder)) return (await openProject(folder, cacheOf(project.root))).benchmarks;
  return transpileModules(moved(project, folder), folder);
}

function moved({ declared, root }: Project, folder: string): Benchmark[] {
  const move = (path: string) => {
    const within = relative(root, path);
    return within.startsWith('..') || isAbsolute(within) ? path : join(folder, within);
  };
  return declared.map((benchmark) => ({ ...benchmark, workload: moveWorkload(benchmark.workload, move) }));
}

function moveWorkload(workload: WorkloadReference, move: (path: string) => string): WorkloadReference {
  switch (workload.kind) {
    case 'native':
      return { ...workload, addon: move(workload.addon) };
    case 'module':
      return { ...workload, file: move(workload.file) };
    case 'command':
      return { ...workload, cwd: move(workload.cwd) };
  }
}

/** A selection may name cases that only the other version has. */
function select(benchmarks: readonly Benchmark[], selects: readonly string[]): Selection[] {
  const matching = selects.filter((each) => {
    try {
      return selectCases(benchmarks, [each]).length > 0;
    } catch (error) {
      if (error instanceof SelectionError) return false;
      throw error;
    }
  });
  return selects.length > 0 && matching.length === 0 ? [] : selectCases(benchmarks, matching);
}

/**
 * What a benchmark runs in a version, as a text that is equal where the code is: of an addon what is loaded of it, of a
 * module or a command all files of its folder.
 *
 * @param digests those that are known already, by path
 */
export function codeOf({ id, workload }: Benchmark, { folder }: OpenedVersion, digests: Map<string, string>): string {
  const [path, read] = workload.kind === 'native' ? [workload.addon, codeDigest] : [folder, treeDigest];
  if (path === null) return id; // Versions of an addon have no say in modules and commands.
  const digest = digests.get(path) ?? read(path);
  digests.set(path, digest);
  return `${id} ${digest}`;
}

/** Makes a revision ready, once for each command. */
function build(command: string, folder: string, spec: string): void {
  const stamp = join(folder, '.forgebench', 'built');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === command) return;
  process.stderr.write(`Building ${spec}: ${command}\n`);
  try {
    execFileSync('sh', ['-c', command], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, command);
  } catch (error) {
    const { stdout = '', stderr = '', status } = error as { stdout?: string; stderr?: string; status?: number };
    const last = `${stdout}${stderr}`.trim().split('\n').slice(-20).join('\n');
    throw new VersionError(
      `Cannot build the version "${spec}": "${command}" ended with ${status} in ${folder}\n${last}`,
    );
  }
}
