// The crates of this repository, as their manifests describe them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';

/** A crate below `native/`. */
export interface Crate {
  /** Its folder, such as `native/measure`. */
  folder: string;
  /** The folder of its cargo workspace: `.`, or that of a crate which must not share features with others. */
  workspace: string;
  /** Its name for cargo, such as `forgebench-measure`. */
  name: string;
  /** Text of its Cargo.toml. */
  manifest: string;
  /** For an addon, the name that its `.node` file begins with. */
  binaryName: string | undefined;
  /** Names of its programs. */
  programs: readonly string[];
}

/** All crates below `native/`, sorted by folder; a crate with a workspace of its own has its members below it. */
export function listCrates(root = '.'): Crate[] {
  return cratesBelow(root, 'native').flatMap((folder) => {
    const crate = readCrate(root, folder, '.');
    if (!/^\[workspace\]/m.test(crate.manifest)) return [crate];
    const members = cratesBelow(root, folder).map((member) => readCrate(root, member, folder));
    return [{ ...crate, workspace: folder }, ...members];
  });
}

/** Folders of all cargo workspaces, the root first. */
export function listWorkspaces(crates: readonly Crate[]): string[] {
  return [...new Set(['.', ...crates.map(({ workspace }) => workspace)])];
}

/** The folder of a crate and those of all crates of this repository that it is built from. */
export function withLocalDependencies(crate: Crate, crates: readonly Crate[]): string[] {
  const found = new Set<Crate>();
  const visit = (each: Crate): void => {
    if (found.has(each)) return;
    found.add(each);
    const paths = [...each.manifest.matchAll(/\bpath\s*=\s*"([^"]+)"/g)].map((match) =>
      normalize(join(each.folder, match[1] ?? '')),
    );
    for (const other of crates) if (paths.includes(other.folder)) visit(other);
  };
  visit(crate);
  return [...found].map((each) => each.folder).sort();
}

/** Files and folders that a build of the crate depends on, manifests of the workspace included. */
export function inputsOf(crate: Crate, crates: readonly Crate[]): string[] {
  // Crates of the root workspace take fields of its manifest, whoever builds them.
  const shared = [
    ...new Set(['Cargo.toml', join(crate.workspace, 'Cargo.toml'), join(crate.workspace, 'Cargo.lock')]),
    '.cargo/config.toml',
  ];
  return [...shared, ...withLocalDependencies(crate, crates).flatMap(sourcesOf)];
}

/** What a build makes lies in the same folder; as an input it would make each build look out of date. */
function sourcesOf(folder: string): string[] {
  const names = readdirSync(folder).filter(
    (name) =>
      name === 'src' || name === 'data' || name.endsWith('.toml') || name.endsWith('.rs') || name === 'package.json',
  );
  return names.map((name) => join(folder, name));
}

/** Names of the dependencies in a manifest, whichever section they stand in. */
export function dependencyNames(manifest: string): string[] {
  const sections = manifest.split(/^\[/m).filter((section) => /^[^\]]*dependencies\]/.test(section));
  return sections.flatMap((section) =>
    [...section.matchAll(/^([A-Za-z0-9_-]+)(\.[a-z]+)?\s*=/gm)].map((match) => match[1] ?? ''),
  );
}

function cratesBelow(root: string, folder: string): string[] {
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : [];
  return names.map((name) => join(folder, name)).filter((each) => existsSync(join(root, each, 'Cargo.toml')));
}

function readCrate(root: string, folder: string, workspace: string): Crate {
  const manifest = readFileSync(join(root, folder, 'Cargo.toml'), 'utf8');
  const packageFile = join(root, folder, 'package.json');
  const settings = existsSync(packageFile)
    ? (JSON.parse(readFileSync(packageFile, 'utf8')) as { napi?: { binaryName?: string } })
    : {};
  return {
    folder,
    workspace,
    manifest,
    name: /^name\s*=\s*"([^"]+)"/m.exec(manifest)?.[1] ?? folder,
    binaryName: settings.napi?.binaryName,
    programs: [...manifest.matchAll(/^\[\[bin\]\]\nname\s*=\s*"([^"]+)"/gm)].map((match) => match[1] ?? ''),
  };
}
