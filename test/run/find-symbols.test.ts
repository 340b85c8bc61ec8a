// Which file names the code of another, told by build ids.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findSymbols } from '../../src/run/profiling/find-symbols.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-symbols-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Files whose text stands for their build id; an empty one has none. */
function look(files: Record<string, string>, path: string, buildId: string | null) {
  for (const [name, id] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), '');
    ids.set(join(folder, name), id);
  }
  const buildIdOf = (file: string) => ids.get(file) || undefined;
  return findSymbols([{ path, buildId, copy: 'x' }], { folder, buildIdOf })[0]?.symbols;
}
const ids = new Map<string, string>();

describe('findSymbols', () => {
  it('finds a file by its build id, whatever it is called', () => {
    expect(look({ 'deep/other.bin': 'abcd' }, '/target/a.node', 'abcd')).toBe(join(folder, 'deep/other.bin'));
  });

  it('prefers the layout of distributions', () => {
    const files = { 'a.node': 'abcd', '.build-id/ab/cd.debug': 'abcd' };
    expect(look(files, '/target/a.node', 'abcd')).toBe(join(folder, '.build-id/ab/cd.debug'));
  });

  it('does not trust a name in that layout', () => {
    expect(look({ '.build-id/ab/cd.debug': 'ffff' }, '/target/b.node', 'abcd')).toBeUndefined();
  });

  it.each(['a.node', 'a.node.debug', 'a.debug'])('refuses %s of another build', (name) => {
    expect(() => look({ [name]: 'ffff' }, '/target/a.node', 'abcd')).toThrow('its build id is ffff');
  });

  it('refuses a namesake where the recorded file has no build id', () => {
    expect(() => look({ 'a.node': 'ffff' }, '/target/a.node', null)).toThrow('has no build id');
  });

  it('knows no symbols of files that nobody gave', () => {
    expect(look({ 'b.node': 'ffff' }, '/target/a.node', 'abcd')).toBeUndefined();
  });
});
