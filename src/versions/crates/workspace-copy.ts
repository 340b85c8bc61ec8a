// A copy of a workspace in which versions of the crates under test are replaced: always at the same path, so that what
// does not change is compiled once and two builds differ in nothing but the version.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type CrateWorkspace, PACKAGE, replacePins } from './crate-workspace.js';
import type { LocalCrate } from './find-crates.js';

/** Which crates a build is made with. */
export interface Replacement {
  /** Versions of crates by name, those of local ones among them. */
  versions: Readonly<Record<string, string>>;
  /** Crates whose sources take the place of the registry's. */
  local: readonly LocalCrate[];
}

const MADE = new Set(['target', 'node_modules', '.git']);
const SOURCES = ['Cargo.toml', 'Cargo.lock', '.cargo', 'native'];

/** Paths of all sources of the addons, relative to the package. */
export function listSources(root = PACKAGE): string[] {
  return SOURCES.flatMap((path) => filesBelow(root, path)).sort();
}

/** Brings the copy to the sources of this package; what has not changed keeps its time, which cargo looks at. */
export function copySources(copy: string): void {
  const sources = listSources();
  const wanted = new Set(sources);
  for (const old of existsSync(copy) ? listSources(copy) : []) if (!wanted.has(old)) rmSync(join(copy, old));
  for (const path of sources) {
    // Manifests and lock files are what versions change.
    const [from, to] = [join(PACKAGE, path), join(copy, path)];
    if (existsSync(to) && readFileSync(from).equals(readFileSync(to))) continue;
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
}

/** Replaces versions in the copy, and the features that the addon asks for. */
export function replaceCrates(
  copy: string,
  { folder, workloads, addonCrate }: CrateWorkspace,
  { replacement, features }: { replacement: Replacement; features: readonly string[] },
): void {
  edit(join(copy, workloads.folder, 'Cargo.toml'), (text) => replacePins(text, replacement.versions));
  edit(join(copy, addonCrate.folder, 'Cargo.toml'), (text) =>
    text.replace(
      new RegExp(`^${workloads.package} = \\{ path = "([^"]+)" \\}`, 'm'),
      `${workloads.package} = { path = "$1", default-features = false, features = ${JSON.stringify(features)} }`,
    ),
  );
  const patches = replacement.local.map(({ name, folder: path }) => `${name} = { path = ${JSON.stringify(path)} }`);
  if (patches.length > 0)
    edit(join(copy, folder, 'Cargo.toml'), (text) => `${text}\n[patch.crates-io]\n${patches.join('\n')}\n`);
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function filesBelow(root: string, path: string): string[] {
  const status = statSync(join(root, path), { throwIfNoEntry: false });
  if (status === undefined || path.endsWith('.node')) return [];
  if (!status.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .filter((name) => !MADE.has(name))
    .flatMap((name) => filesBelow(root, join(path, name)));
}
