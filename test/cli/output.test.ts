// Where reports go is checked before anything is measured. As root every mode lets one write, so paths do without.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOutput, checkOutputFolder } from '../../src/cli/output.js';
import { UsageError } from '../../src/cli/usage-error.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'forgebench-output-'));
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'taken.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file for the report', () => {
  it.each(['.json', '.html', '.md', '.csv'])('may end in %s, and trying leaves nothing behind', (ending) => {
    const before = readdirSync(folder);
    expect(checkOutput(join(folder, `run${ending}`)).path).toBe(join(folder, `run${ending}`));
    expect(readdirSync(folder)).toEqual(before);
  });

  it.each([
    ['run.pdf', /its ending must be one of \.html, \.json, \.md, \.csv/],
    ['run', /its ending must be one of/],
    ['none/run.json', /the folder ".*none" does not exist; make it first/],
    ['file/run.json', /".*file" is no folder; choose another path/],
    ['file/below/run.json', /does not exist/],
    ['taken.json', /it is a folder; name a file/],
    ['/proc/run.json', /the folder "\/proc" is not writable \(ENOENT\)/],
    ['/dev/full', /its ending must be one of/],
  ])('is refused at %s', (path, message) => {
    const absolute = path.startsWith('/') ? path : join(folder, path);
    expect(() => checkOutput(absolute)).toThrow(UsageError);
    expect(() => checkOutput(absolute)).toThrow(message);
  });
});

describe('a folder for profiles', () => {
  it('is made with its parents', () => {
    checkOutputFolder(join(folder, 'a', 'b'));
    expect(readdirSync(join(folder, 'a'))).toEqual(['b']);
  });

  it.each([
    ['file/profiles', /".*file" is no folder/],
    // Node's own recursive mkdir would never return.
    ['/proc/profiles', /the folder "\/proc" is not writable/],
  ])('is refused at %s', (path, message) => {
    expect(() => checkOutputFolder(path.startsWith('/') ? path : join(folder, path))).toThrow(message);
  });
});
