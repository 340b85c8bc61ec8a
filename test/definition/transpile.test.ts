// The cache of transpiled definitions: made again whenever a file that went into it has changed, and only then.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DefinitionError, transpile } from '../../src/definition/index.js';

let root: string;
const options = () => ({ root, cache: join(root, 'cache') });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forgebench-transpile-'));
  mkdirSync(join(root, 'benches'));
  writeFileSync(join(root, 'benches/a.ts'), "import { size } from './b.js';\nexport const twice: number = size * 2;\n");
  writeFileSync(join(root, 'benches/b.ts'), 'export const size = 21;\n');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('a definition in TypeScript', () => {
  const file = () => join(root, 'benches/a.ts');

  it('becomes a module with what it imports', async () => {
    const module = await transpile(file(), options());
    expect(await import(module)).toHaveProperty('twice', 42);
  });

  it('is not transpiled again while nothing has changed', async () => {
    const module = await transpile(file(), options());
    writeFileSync(module, 'export const kept = true;\n');
    const before = statSync(module).mtimeMs;
    expect(await transpile(file(), options())).toBe(module);
    expect(statSync(module).mtimeMs).toBe(before);
  });

  it.each(['a', 'b'])('is transpiled again when %s has changed', async (name) => {
    const module = await transpile(file(), options());
    const source = join(root, `benches/${name}.ts`);
    writeFileSync(source, `${readFileSync(source, 'utf8')}export const changed = 7;\nconsole.log(changed);\n`);
    await transpile(file(), options());
    expect(readFileSync(module, 'utf8')).toContain('changed = 7');
  });

  it('is transpiled again when what it was made of is unknown', async () => {
    const module = await transpile(file(), options());
    writeFileSync(`${module}.inputs.json`, '{"version":1,"inp');
    writeFileSync(module, '');
    await transpile(file(), options());
    expect(readFileSync(module, 'utf8')).toContain('21');
  });

  it('says where it cannot be read', async () => {
    writeFileSync(file(), 'export const = 1;\n');
    await expect(transpile(file(), options())).rejects.toThrow(DefinitionError);
    await expect(transpile(file(), options())).rejects.toThrow(/benches\/a\.ts:1/);
  });
});
