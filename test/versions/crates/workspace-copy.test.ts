// The workspace that versions are built in: a copy of the sources, with other crates.
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CRATE_WORKSPACES, type CrateWorkspace, PACKAGE } from '../../../src/versions/crates/crate-workspace.js';
import { copySources, listSources, replaceCrates } from '../../../src/versions/crates/workspace-copy.js';

const copy = mkdtempSync(join(tmpdir(), 'forgebench-workspace-'));
afterAll(() => rmSync(copy, { recursive: true }));
beforeAll(() => copySources(copy));
const read = (path: string) => readFileSync(join(copy, path), 'utf8');

it('holds all sources, and neither addons nor what cargo makes', () => {
  const sources = listSources(copy);
  expect(sources).toEqual(listSources());
  expect(sources).toEqual(expect.arrayContaining(['Cargo.lock', '.cargo/config.toml', 'native/moduforge/src/lib.rs']));
  expect(sources.filter((path) => /\.node$|\/target\//.test(path))).toEqual([]);
});

it('asks for the crates and features of a version', () => {
  const local = { name: 'moduforge-model', version: '0.7.1', folder: '/home/me/model' };
  replaceCrates(copy, CRATE_WORKSPACES[0] as CrateWorkspace, {
    replacement: { versions: { 'moduforge-model': '0.7.1' }, local: [local] },
    features: ['model', 'state'],
  });
  expect(read('native/moduforge/Cargo.toml')).toContain('moduforge-model = "=0.7.1"');
  expect(read('native/moduforge-addon/Cargo.toml')).toContain(
    'default-features = false, features = ["model","state"] }',
  );
  expect(read('Cargo.toml')).toMatch(/\[patch\.crates-io\]\nmoduforge-model = \{ path = "\/home\/me\/model" \}\n$/);
});

it('is brought back to the sources, and what has not changed keeps its time', () => {
  const [kept, more] = ['native/measure/src/lib.rs', 'native/measure/src/more.rs'];
  utimesSync(join(copy, kept), 1000, 1000);
  writeFileSync(join(copy, more), '');
  copySources(copy);
  expect(listSources(copy)).not.toContain(more);
  expect(statSync(join(copy, kept)).mtimeMs).toBe(1_000_000);
  expect(read('Cargo.toml')).toBe(readFileSync(join(PACKAGE, 'Cargo.toml'), 'utf8'));
});
