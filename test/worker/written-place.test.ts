// What is told of a workload that cannot be used: what is wrong with it, and where its author wrote it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { transpile } from '../../src/definition/transpile.js';
import { openModuleCase } from '../../src/worker/module-case.js';
import { withWrittenPlace, writtenFile } from '../../src/worker/written-place.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-written-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WRITTEN = join(folder, 'work.ts');
writeFileSync(join(folder, 'helper.ts'), 'export const helper = (n: number): number => n * 2;\n');
writeFileSync(
  WRITTEN,
  `import { helper } from './helper.ts';
export const number = 5;
export const unchecked = () => ({ run: () => helper(1) });
export const nothing = () => {};
export const backwards = () => ({ run: () => helper(1), verify: () => {}, operations: -1 });
export function broken() {

  throw new Error('no set-up today');
}
`,
);

async function refusalOf(name: string): Promise<string> {
  const file = await transpile(WRITTEN, { root: folder, cache: join(folder, 'cache') });
  return openModuleCase({ kind: 'module', file, export: name, concurrency: 1 }, {}).then(
    () => 'opened',
    (error: Error) => error.message,
  );
}

describe('a module that is no workload', () => {
  it.each([
    ['number', 'it must be a function that returns an object with "run" and "verify"'],
    ['unchecked', 'it must return an object with "run" and "verify"; it has no "verify"'],
    ['nothing', 'it must return an object with "run" and "verify"; it has no "run" and no "verify"'],
    ['backwards', 'its "operations" is -1; it must be a whole number of at least 1'],
  ])('is told by the file that its author wrote, and by what is wrong: %s', async (name, reason) => {
    expect(await refusalOf(name)).toBe(`Cannot use the export "${name}" of ${WRITTEN}: ${reason}`);
  });

  it('is told by its other exports where it has none of that name', async () => {
    expect(await refusalOf('sum')).toMatch(/^Cannot find the export "sum" in .*work\.ts: its exports are backwards, /);
  });

  it('is told by the written line that threw', async () => {
    expect(await refusalOf('broken')).toBe(
      `Cannot set up "broken" of ${WRITTEN}: Error: no set-up today at broken (${WRITTEN}:8:9)`,
    );
  });
});

describe('the place of what was not transpiled', () => {
  it('stays as it is', () => {
    const file = join(folder, 'plain.mjs');
    writeFileSync(file, 'export const a = 1;\n');
    expect(writtenFile(file)).toBe(file);
    expect(withWrittenPlace(`at a (file://${file}:1:8)`)).toBe(`at a (file://${file}:1:8)`);
    expect(withWrittenPlace('at b (file:///gone/away.mjs:1:8)')).toBe('at b (file:///gone/away.mjs:1:8)');
  });
});
