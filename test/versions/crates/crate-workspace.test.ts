// Pins of the crates under test, read and replaced.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  CRATE_WORKSPACES,
  PACKAGE,
  pinsOf,
  readPins,
  replacePins,
} from '../../../src/versions/crates/crate-workspace.js';

const MANIFEST = `[dependencies]
serde = "1"
moduforge-model = "=0.7.0"
moduforge-state = { version = "=0.7.0", optional = true }
tokio = { version = "=1.2.3" }
`;

it('reads the versions of crates under test alone', () => {
  expect(readPins(MANIFEST)).toEqual({ 'moduforge-model': '0.7.0', 'moduforge-state': '0.7.0' });
});

it('replaces the versions that it is given, and leaves everything else as it is', () => {
  const replaced = replacePins(MANIFEST, { 'moduforge-state': '0.6.5', tokio: '9.9.9' });
  expect(replaced).toBe(
    MANIFEST.replace('moduforge-state = { version = "=0.7.0"', 'moduforge-state = { version = "=0.6.5"'),
  );
});

it('finds every workspace and pin of this package where it looks for them', () => {
  expect(CRATE_WORKSPACES.map((workspace) => Object.keys(pinsOf(workspace)).length)).toEqual([11, 3]);
  for (const { addonCrate, workloads } of CRATE_WORKSPACES) {
    const manifest = readFileSync(join(PACKAGE, addonCrate.folder, 'Cargo.toml'), 'utf8');
    expect(manifest).toContain(`name = "${addonCrate.library}"`);
    expect(manifest).toContain(`name = "${addonCrate.package}"`);
    expect(manifest).toMatch(new RegExp(`^${workloads.package} = \\{ path = "[^"]+" \\}$`, 'm'));
  }
});
