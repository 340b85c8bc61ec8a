// What counts as the same code, and what does not.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { codeDigest, treeDigest } from '../../src/versions/index.js';

const root = mkdtempSync(join(tmpdir(), 'forgebench-digest-'));
afterAll(() => rmSync(root, { recursive: true }));

function plant(name: string, files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name, path)), { recursive: true });
    writeFileSync(join(root, name, path), text);
  }
  return join(root, name);
}

describe('codeDigest', () => {
  /** A shared object that was linked with this build id, with or without debug information. */
  function link(name: string, body: string, ...flags: string[]): string {
    const folder = plant(name, { 'lib.c': `int answer(void) { return ${body}; }\n` });
    const file = join(folder, 'lib.so');
    execFileSync('cc', ['-shared', '-fPIC', '-O1', ...flags, '-o', file, join(folder, 'lib.c')]);
    return file;
  }

  it('is the same for other build ids, debug information and folders', () => {
    const plain = codeDigest(link('plain', '42', '-Wl,--build-id=0x1111'));
    expect(codeDigest(link('other-id', '42', '-Wl,--build-id=0x2222'))).toBe(plain);
    expect(codeDigest(link('with-debug', '42', '-g', '-Wl,--build-id=0x3333'))).toBe(plain);
  });

  it('differs for other code', () => {
    expect(codeDigest(link('forty-two', '42'))).not.toBe(codeDigest(link('forty-three', '43')));
  });

  it('takes a file that is no ELF, or a damaged one, whole', () => {
    const folder = plant('odd', { a: 'text', b: 'text', c: 'other', d: '\x7fELF\x02\x01', e: '\x7fELF\x02\x01!' });
    expect(codeDigest(join(folder, 'a'))).toBe(codeDigest(join(folder, 'b')));
    expect(codeDigest(join(folder, 'a'))).not.toBe(codeDigest(join(folder, 'c')));
    expect(codeDigest(join(folder, 'd'))).not.toBe(codeDigest(join(folder, 'e')));
  });
});

describe('treeDigest', () => {
  const files = { 'src/a.mjs': 'a', 'b.mjs': 'b' };

  it('is the same for the same files, whatever git, cargo and forgebench keep beside them', () => {
    const one = treeDigest(plant('one', files));
    expect(treeDigest(plant('two', { ...files, '.git/HEAD': 'x', 'target/x': 'y', '.forgebench/z': 'z' }))).toBe(one);
  });

  it('differs for other contents, other names and other packages', () => {
    const one = treeDigest(plant('first', files));
    expect(treeDigest(plant('content', { ...files, 'b.mjs': 'B' }))).not.toBe(one);
    expect(treeDigest(plant('name', { 'src/a.mjs': 'a', 'c.mjs': 'b' }))).not.toBe(one);
    const linked = ['here', 'there'].map((name) => {
      const folder = plant(name, files);
      mkdirSync(join(root, `packages-of-${name}`));
      symlinkSync(join(root, `packages-of-${name}`), join(folder, 'node_modules'));
      return treeDigest(folder);
    });
    expect(linked[0]).not.toBe(linked[1]);
  });
});
