// Crates in a folder: a checkout of a workspace, one crate, or a folder of crates.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { treeDigest } from '../tree-digest.js';
import { runCargo } from './run-cargo.js';

/** A crate as a folder of sources. */
export interface LocalCrate {
  name: string;
  version: string;
  folder: string;
}

/** Where a checkout may keep its crates. */
const DEEPEST = 2;

/**
 * Crates in or below a folder, by name. Cargo tells their versions, because a workspace may give them.
 *
 * @param names those that are looked for
 */
export async function findCrates(folder: string, names: ReadonlySet<string>): Promise<LocalCrate[]> {
  const found = new Map<string, LocalCrate>();
  for (const manifest of manifestsBelow(folder, DEEPEST)) {
    const name = /^\[package\][^[]*?^name\s*=\s*"([^"]+)"/ms.exec(readFileSync(manifest, 'utf8'))?.[1];
    if (name === undefined || !names.has(name) || found.has(name)) continue;
    const version = await versionOf(manifest, name);
    if (version !== undefined) found.set(name, { name, version, folder: dirname(manifest) });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function manifestsBelow(folder: string, depth: number): string[] {
  const own = join(folder, 'Cargo.toml');
  const below =
    depth === 0
      ? []
      : readdirSync(folder, { withFileTypes: true })
          .filter((entry) => entry.isDirectory() && !/^\.|^(target|node_modules)$/.test(entry.name))
          .map(({ name }) => name)
          .sort()
          .flatMap((name) => manifestsBelow(join(folder, name), depth - 1));
  return existsSync(own) ? [own, ...below] : below;
}

async function versionOf(manifest: string, name: string): Promise<string | undefined> {
  const command = ['cargo', 'metadata', '--no-deps', '--offline', '--format-version', '1', '--manifest-path'] as const;
  const { lines } = await runCargo([...command, manifest], { folder: dirname(manifest) });
  try {
    const { packages } = JSON.parse(lines[0] ?? '') as { packages: { name: string; version: string }[] };
    return packages.find((each) => each.name === name)?.version;
  } catch {
    return undefined; // What cargo cannot read is no crate to build.
  }
}

/** What cargo adds to a crate that it unpacks, beside its manifest. */
const ADDED = new Set(['Cargo.toml', 'Cargo.toml.orig', 'Cargo.lock', '.cargo-ok', '.cargo_vcs_info.json']);

/** Whether a crate is, file by file, the one of its version that cargo has unpacked from the registry. */
export function isAsReleased({ name, version, folder }: LocalCrate): boolean {
  const home = process.env.CARGO_HOME || join(process.env.HOME ?? '/root', '.cargo');
  const registries = join(home, 'registry', 'src');
  const released = (existsSync(registries) ? readdirSync(registries) : [])
    .map((registry) => join(registries, registry, `${name}-${version}`))
    .find((each) => existsSync(each));
  return (
    released !== undefined &&
    hasManifestOf(folder, released) &&
    treeDigest(folder, ADDED) === treeDigest(released, ADDED)
  );
}

/** Cargo writes out what a workspace gives; a manifest that leaves that open may mean something else. */
function hasManifestOf(folder: string, released: string): boolean {
  const manifest = readFileSync(join(folder, 'Cargo.toml'), 'utf8');
  if (manifest === readFileSync(join(released, 'Cargo.toml'), 'utf8')) return true;
  const original = join(released, 'Cargo.toml.orig');
  return existsSync(original) && manifest === readFileSync(original, 'utf8') && !/workspace\s*=\s*true/.test(manifest);
}
