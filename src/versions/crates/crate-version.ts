// A version of crates of the registry, as addons that are built once and kept.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionsFolder } from '../cache-folder.js';
import { treeDigest } from '../tree-digest.js';
import { type BuiltAddon, buildAddon } from './build-addon.js';
import { withLock } from './build-lock.js';
import { CRATE_WORKSPACES, type CrateWorkspace, PACKAGE, pinsOf } from './crate-workspace.js';
import { findCrates, isAsReleased, type LocalCrate } from './find-crates.js';
import { runCargo } from './run-cargo.js';
import { listSources, type Replacement } from './workspace-copy.js';

/** Goes up with whatever changes how an addon is built. */
const CACHE_VERSION = 1;

/** Versions of all crates that addons of this package hold workloads over, by name. */
export function pinnedCrates(): Record<string, string> {
  return Object.assign({}, ...CRATE_WORKSPACES.map(pinsOf));
}

/** The crates under test in a folder, and whether each is as it was released. */
export function findSubjects(folder: string): Promise<LocalCrate[]> {
  return findCrates(folder, new Set(Object.keys(pinnedCrates())));
}

/** Which crates to build with: versions in the registry (`*` stands for all), or sources in folders. */
export interface CrateChoice {
  pins?: Readonly<Record<string, string>>;
  local?: readonly LocalCrate[];
}

/** What is built of a version. */
export interface WantedBuild {
  /** Names of the suites that are to be measured. */
  features: readonly string[];
  /** Whether the runner is wanted beside the addon. */
  runner: boolean;
}

/** One addon of a version. */
export interface CrateAddon extends BuiltAddon {
  /** Name of the addon in definitions. */
  addon: CrateWorkspace['addon'];
}

/** Who hears of builds, which take minutes. */
export interface BuildHooks {
  onBuild(features: readonly string[]): void;
  onCrate(name: string): void;
  onWait(owner: number): void;
}

/**
 * The addon of a workspace with other crates, from the cache where it was built of the same sources.
 */
export async function openCrates(
  addon: CrateWorkspace['addon'],
  { features, runner }: WantedBuild,
  choice: CrateChoice,
  hooks: BuildHooks,
): Promise<CrateAddon> {
  const workspace = CRATE_WORKSPACES.find((each) => each.addon === addon) as CrateWorkspace;
  const replacement = replacementFor(workspace, choice);
  const rust = await findRust();
  const key = keyOf({ workspace, replacement, features: [...features].sort(), rust: rust.version });
  const folder = join(versionsFolder(), 'addons', key);
  const kept = readKept(folder, runner);
  if (kept) return { addon, ...kept };
  return withLock(
    join(versionsFolder(), 'build.lock'),
    async () => {
      const meanwhile = readKept(folder, runner);
      if (meanwhile) return { addon, ...meanwhile };
      hooks.onBuild(features);
      const order = { workspace, replacement, features, runner, triple: rust.triple, onCrate: hooks.onCrate };
      return { addon, ...keep(folder, await buildAddon(order)) };
    },
    hooks.onWait,
  );
}

function replacementFor(workspace: CrateWorkspace, { pins = {}, local = [] }: CrateChoice): Replacement {
  const pinned = pinsOf(workspace);
  const all = Object.fromEntries(
    Object.entries(pinned).map(([name, version]) => [name, pins[name] ?? pins['*'] ?? version]),
  );
  const its = local.filter(({ name }) => name in pinned);
  // Crates of one checkout name each other by path, so all of them are taken from there or none is.
  const taken = its.every(isAsReleased) ? [] : its;
  return { versions: { ...all, ...Object.fromEntries(its.map(({ name, version }) => [name, version])) }, local: taken };
}

async function findRust(): Promise<{ version: string; triple: string }> {
  const { lines } = await runCargo(['rustc', '-vV'], { folder: PACKAGE });
  const triple = lines.find((line) => line.startsWith('host: '))?.slice('host: '.length);
  if (triple === undefined) throw new Error('Cannot ask rustc for its version; run "rustc -vV"');
  return { version: lines.join('\n'), triple };
}

function keyOf(order: {
  workspace: CrateWorkspace;
  replacement: Replacement;
  features: readonly string[];
  rust: string;
}): string {
  const { workspace, replacement, features, rust } = order;
  const hash = createHash('sha256');
  const local = replacement.local.map(({ name, folder }) => [name, folder, treeDigest(folder)]);
  hash.update(JSON.stringify([CACHE_VERSION, workspace.addon, replacement.versions, local, features, rust]));
  for (const path of listSources())
    hash.update(`\0${path}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(PACKAGE, path)))
        .digest(),
    );
  return hash.digest('hex').slice(0, 16);
}

/** What is kept, where that is all that is wanted. */
function readKept(folder: string, withRunner: boolean): BuiltAddon | undefined {
  const note = join(folder, 'version.json');
  if (!existsSync(note)) return undefined;
  const built = JSON.parse(readFileSync(note, 'utf8')) as BuiltAddon;
  const files = [built.file, ...(withRunner ? [built.runner] : [])];
  return files.every((file) => typeof file === 'string' && existsSync(file)) ? built : undefined;
}

/** The note comes last: a folder without one is no version. What could not be built at all is tried again. */
function keep(folder: string, built: BuiltAddon): BuiltAddon {
  if (built.file === null) return built;
  mkdirSync(folder, { recursive: true });
  const file = copyInto(built.file, join(folder, 'addon.node'));
  const runner = built.runner === null ? null : copyInto(built.runner, join(folder, 'runner'));
  const kept = { ...built, file, runner };
  writeFileSync(join(folder, 'version.json'), JSON.stringify(kept));
  return kept;
}

/** Renamed when it is whole, because a program that runs cannot be written to. */
function copyInto(from: string, to: string): string {
  copyFileSync(from, `${to}.part`);
  renameSync(`${to}.part`, to);
  return to;
}
