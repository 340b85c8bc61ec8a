// Crates in checkouts, and whether they are as they were released.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCrates, isAsReleased } from '../../../src/versions/crates/find-crates.js';

const root = mkdtempSync(join(tmpdir(), 'forgebench-crates-'));
const home = process.env.CARGO_HOME;
const names = new Set(['moduforge-model', 'moduforge-state']);

function plant(folder: string, files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, folder, path)), { recursive: true });
    writeFileSync(join(root, folder, path), text);
  }
  return join(root, folder);
}

const MANIFEST = '[package]\nname = "moduforge-model"\nversion = "0.7.0"\nedition = "2021"\n';
const INHERITING = '[package]\nname = "moduforge-state"\nversion.workspace = true\nedition = "2021"\n';

afterAll(() => rmSync(root, { recursive: true }));

describe('findCrates', () => {
  const checkout = plant('checkout', {
    'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\nresolver = "2"\n[workspace.package]\nversion = "0.8.1"\n',
    'crates/model/Cargo.toml': MANIFEST,
    'crates/model/src/lib.rs': '',
    'crates/state/Cargo.toml': INHERITING,
    'crates/state/src/lib.rs': '',
    'crates/other/Cargo.toml': MANIFEST.replace('moduforge-model', 'another'),
    'crates/other/src/lib.rs': '',
    'target/package/Cargo.toml': MANIFEST,
  });

  it('finds the crates of a workspace with the versions that it gives them', async () => {
    expect(await findCrates(checkout, names)).toEqual([
      { name: 'moduforge-model', version: '0.7.0', folder: join(checkout, 'crates/model') },
      { name: 'moduforge-state', version: '0.8.1', folder: join(checkout, 'crates/state') },
    ]);
  });

  it('finds a crate in its own folder, and nothing in a folder without one', async () => {
    const alone = plant('alone', { 'Cargo.toml': MANIFEST, 'src/lib.rs': '' });
    expect(await findCrates(alone, names)).toMatchObject([{ name: 'moduforge-model' }]);
    expect(await findCrates(plant('empty', { 'a.txt': '' }), names)).toEqual([]);
  });
});

describe('isAsReleased', () => {
  let released: string;
  beforeAll(() => {
    process.env.CARGO_HOME = join(root, 'cargo');
    released = plant('cargo/registry/src/index/moduforge-model-0.7.0', {
      'Cargo.toml': MANIFEST,
      'Cargo.toml.orig': MANIFEST.replace('"0.7.0"', '"0.7.0" # by hand'),
      'src/lib.rs': 'pub fn answer() {}',
      '.cargo-ok': '{}',
    });
  });
  afterAll(() => {
    if (home === undefined) delete process.env.CARGO_HOME;
    else process.env.CARGO_HOME = home;
  });
  const copy = (name: string, files: Record<string, string>) => {
    cpSync(released, join(root, name), { recursive: true });
    return { name: 'moduforge-model', version: '0.7.0', folder: plant(name, files) };
  };

  it('is true of a copy, with the manifest as cargo or as its author wrote it', () => {
    expect(isAsReleased(copy('copy', { 'Cargo.lock': 'x' }))).toBe(true);
    expect(isAsReleased(copy('author', { 'Cargo.toml': MANIFEST.replace('"0.7.0"', '"0.7.0" # by hand') }))).toBe(true);
  });

  it('is false where a source, a dependency or the version differs', () => {
    expect(isAsReleased(copy('source', { 'src/lib.rs': 'pub fn answer() { }' }))).toBe(false);
    expect(isAsReleased(copy('more', { 'src/more.rs': '' }))).toBe(false);
    expect(isAsReleased(copy('manifest', { 'Cargo.toml': `${MANIFEST}[dependencies]\nserde = "1"\n` }))).toBe(false);
    expect(isAsReleased({ ...copy('version', {}), version: '0.7.1' })).toBe(false);
  });
});
