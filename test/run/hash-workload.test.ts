// Whether two runs ran the same files.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashWorkload } from '../../src/run/index.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-hash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function plant(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const command = (...words: string[]) =>
  hashWorkload({ kind: 'command', command: words, cwd: folder, env: {}, expectedExitCode: 0 });

describe('the hash of a workload', () => {
  it('is that of an addon, wherever it lies and whatever it is called', () => {
    const [one, two] = [plant('one.node', 'code'), plant('two.node', 'code')];
    const hash = (addon: string) => hashWorkload({ kind: 'native', addon, id: 'x/y' });
    expect(hash(one)).toMatch(/^[0-9a-f]{32}$/);
    expect(hash(two)).toBe(hash(one));
    expect(hash(plant('three.node', 'other code'))).not.toBe(hash(one));
    expect(hash(join(folder, 'absent.node'))).toBeNull();
  });

  it('changes with a module, and with what it imports by a relative path', () => {
    const file = plant('module.mjs', "import { x } from './part.mjs';\nexport const run = x;");
    const hash = () => hashWorkload({ kind: 'module', file, export: 'run', concurrency: 1 });
    plant('part.mjs', "import './module.mjs'; export const x = 1;");
    const before = hash();
    expect(hash()).toBe(before);
    plant('part.mjs', "import './module.mjs'; export const x = 1234;");
    expect(hash()).not.toBe(before);
  });

  it('is that of a program and of the files among its arguments', () => {
    plant('script.sh', 'true');
    const before = command('sh', 'script.sh');
    expect(before).toMatch(/^[0-9a-f]{32}$/);
    expect(command('sh')).not.toBe(before);
    plant('script.sh', 'false');
    expect(command('sh', 'script.sh')).not.toBe(before);
    expect(command('no-such-program-anywhere')).toBeNull();
  });
});
