// The cargo workspaces whose addons hold workloads over crates of the registry.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, with the sources of its addons. */
export const PACKAGE = fileURLToPath(new URL('../../../', import.meta.url));

/** A workspace, its crate of workloads, and the addon over it; folders are relative to the package. */
export interface CrateWorkspace {
  /** Name of the addon in definitions. */
  addon: 'moduforge' | 'moduforge-rules';
  folder: string;
  /** Folder and package of the crate whose features are named after suites, and its program that runs them without Node.js. */
  workloads: { folder: string; package: string; runner: string };
  addonCrate: { folder: string; package: string; library: string };
}

export const CRATE_WORKSPACES: readonly CrateWorkspace[] = [
  {
    addon: 'moduforge',
    folder: '.',
    workloads: {
      folder: 'native/moduforge',
      package: 'forgebench-moduforge',
      runner: 'forgebench-moduforge-runner',
    },
    addonCrate: {
      folder: 'native/moduforge-addon',
      package: 'forgebench-moduforge-addon',
      library: 'forgebench_moduforge',
    },
  },
  {
    addon: 'moduforge-rules',
    folder: 'native/moduforge-rules',
    workloads: {
      folder: 'native/moduforge-rules',
      package: 'forgebench-moduforge-rules',
      runner: 'forgebench-moduforge-rules-runner',
    },
    addonCrate: {
      folder: 'native/moduforge-rules/addon',
      package: 'forgebench-moduforge-rules-addon',
      library: 'forgebench_moduforge_rules',
    },
  },
];

/** A crate under test, pinned to one version: `moduforge-model = "=0.7.0"`, or the same in a table. */
const PIN = /^(moduforge-[a-z-]+)(\s*=\s*(?:\{\s*version\s*=\s*)?)"=([^"]+)"/gm;

/** Versions of the crates under test by name, as a manifest pins them. */
export function readPins(manifest: string): Record<string, string> {
  return Object.fromEntries([...manifest.matchAll(PIN)].map(([, name, , version]) => [name, version]));
}

/** The manifest with other versions for some of its pins. */
export function replacePins(manifest: string, versions: Readonly<Record<string, string>>): string {
  return manifest.replace(PIN, (whole, name: string, middle: string) =>
    versions[name] === undefined ? whole : `${name}${middle}"=${versions[name]}"`,
  );
}

/** Versions of the crates under test that a workspace pins. */
export function pinsOf({ workloads }: CrateWorkspace): Record<string, string> {
  return readPins(readFileSync(join(PACKAGE, workloads.folder, 'Cargo.toml'), 'utf8'));
}
