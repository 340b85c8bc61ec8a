// Names of versions, and what is said of those that are none.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseVersionSpec } from '../../src/versions/index.js';

const root = mkdtempSync(join(tmpdir(), 'forgebench-spec-'));
afterAll(() => rmSync(root, { recursive: true }));
mkdirSync(join(root, 'with@sign'));
writeFileSync(join(root, 'old.node'), '');

it.each([
  ['0.7.0', { kind: 'registry', pins: { '*': '0.7.0' } }],
  ['moduforge-model@0.6.5', { kind: 'registry', pins: { 'moduforge-model': '0.6.5' } }],
  ['a@1.0.0-rc.1, b@2.0.0', { kind: 'registry', pins: { a: '1.0.0-rc.1', b: '2.0.0' } }],
  ['path:.', { kind: 'folder', folder: root }],
  ['git:.@HEAD~1', { kind: 'revision', folder: root, revision: 'HEAD~1' }],
  ['git:with@sign@HEAD@{1}', { kind: 'revision', folder: join(root, 'with@sign'), revision: 'HEAD@{1}' }],
  ['git:@main', { kind: 'revision', folder: root, revision: 'main' }],
  ['old.node', { kind: 'addon', file: join(root, 'old.node') }],
])('reads %s', (text, spec) => {
  expect(parseVersionSpec(text, root)).toEqual(spec);
});

it.each([
  ['latest', 'write 0.7.0, CRATE@0.7.0, path:DIR, git:DIR@REVISION or FILE.node'],
  ['a@1.0.0,b', 'write 0.7.0'],
  ['path:none', 'is no folder; check the path'],
  ['git:none@HEAD', 'there is no such folder'],
  ['git:.@', 'there is no such folder'],
  ['new.node', 'does not exist; build it, or check the path'],
])('refuses %s with what to write', (text, message) => {
  expect(() => parseVersionSpec(text, root)).toThrow(message);
});
