// Stamps, which decide that there is nothing to do.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesOf, hashInputs, isCurrent, recordStamp } from '../../scripts/setup/stamp.mjs';

let folder: string;
let source: string;
let output: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forgebench-stamp-'));
  source = join(folder, 'src');
  output = join(folder, 'out.js');
  mkdirSync(source);
  writeFileSync(join(source, 'a.ts'), 'a');
  writeFileSync(output, 'made');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const stamps = (): string => join(folder, 'stamps');
const inputs = (): string => hashInputs([source]);

describe('a stamp', () => {
  it('is current while inputs and outputs stay as they were', () => {
    expect(isCurrent('step', inputs(), stamps())).toBe(false);
    recordStamp('step', { inputs: inputs(), outputs: [output] }, stamps());
    expect(isCurrent('step', inputs(), stamps())).toBe(true);
  });

  it('is no longer current after a change, a new file or a new name', () => {
    const before = inputs();
    writeFileSync(join(source, 'b.ts'), '');
    const withFile = inputs();
    writeFileSync(join(source, 'b.ts'), 'b');
    const withText = inputs();
    rmSync(join(source, 'b.ts'));
    writeFileSync(join(source, 'c.ts'), 'b');
    expect(new Set([before, withFile, withText, inputs()]).size).toBe(4);
  });

  it('depends on versions as well', () => {
    expect(hashInputs([source], ['rustc 1.88.0'])).not.toBe(hashInputs([source], ['rustc 1.89.0']));
  });

  it('is no longer current when an output was changed or deleted', () => {
    recordStamp('step', { inputs: inputs(), outputs: [output] }, stamps());
    writeFileSync(output, 'damaged');
    expect(isCurrent('step', inputs(), stamps())).toBe(false);
    rmSync(output);
    expect(isCurrent('step', inputs(), stamps())).toBe(false);
  });

  it('that was cut off counts as none', () => {
    recordStamp('step', { inputs: inputs(), outputs: [] }, stamps());
    const file = join(stamps(), 'step.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 10));
    expect(isCurrent('step', inputs(), stamps())).toBe(false);
  });

  it('deletes what a step no longer makes', () => {
    recordStamp('step', { inputs: inputs(), outputs: [output] }, stamps());
    recordStamp('step', { inputs: inputs(), outputs: [] }, stamps());
    expect(filesOf(output)).toEqual([]);
  });
});
