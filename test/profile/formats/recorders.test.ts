// What V8 and callgrind really write, read in.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { functionWeights, importCallgrind, importProfile, totalWeight } from '../../../src/profile/index.js';
import { samplesOf } from './arbitrary-profile.js';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'forgebench-recorders-')));
afterAll(() => rmSync(folder, { recursive: true }));

describe("V8's sampling heap profile", () => {
  const script = join(folder, 'keeps.mjs');
  const file = join(folder, 'a.heapprofile');
  writeFileSync(
    script,
    `export const kept = [];
function keepMany() { for (let i = 0; i < 200_000; i += 1) kept.push({ i, text: 'x' + i }); }
keepMany();
`,
  );

  it('keeps every byte that V8 booked, and tells which function allocated', () => {
    execFileSync(process.execPath, [
      '--heap-prof',
      `--heap-prof-dir=${folder}`,
      '--heap-prof-name=a.heapprofile',
      script,
    ]);
    const { format, profile } = importProfile(readFileSync(file));
    expect(format).toBe('heapprofile');
    expect(profile.unit).toBe('bytes');
    const { bytes, samples } = booked(JSON.parse(readFileSync(file, 'utf8')));
    expect(bytes).toBeGreaterThan(5e6);
    expect(totalWeight(profile)).toBe(bytes);
    expect(samplesOf(profile)).toBe(samples);
    expect(functionWeights(profile)[0]).toMatchObject({ name: 'keepMany', origin: 'user', file: script, line: 2 });
  });

  interface Node {
    selfSize: number;
    children: Node[];
  }

  function booked({ head, samples }: { head: Node; samples: unknown[] }): { bytes: number; samples: number } {
    const sum = (node: Node): number => node.children.reduce((all, child) => all + sum(child), node.selfSize);
    return { bytes: sum(head), samples: samples.length };
  }
});

describe("callgrind's output", () => {
  const valgrind = spawnSync('valgrind', ['--version']).status === 0;
  if (!valgrind && process.env.CI === 'true') throw new Error('Cannot find valgrind; .ci/run installs it');

  it.skipIf(!valgrind)(
    'has as many instructions as callgrind says in all',
    () => {
      const out = join(folder, 'callgrind.out');
      const { stderr } = spawnSync('valgrind', ['--tool=callgrind', `--callgrind-out-file=${out}`, 'true'], {
        encoding: 'utf8',
      });
      const collected = Number(/Collected : (\d+)/.exec(stderr)?.[1]);
      const { format, profile } = importProfile(readFileSync(out));
      expect(format).toBe('callgrind');
      expect(profile.unit).toBe('instructions');
      expect(collected).toBeGreaterThan(10_000);
      expect(totalWeight(profile)).toBe(collected);
      expect(profile.note).toContain('without their callers');
      // The dynamic linker does most of the work of a program that does nothing.
      expect(
        functionWeights(profile)
          .slice(0, 5)
          .map(({ name }) => name),
      ).toContain('_dl_relocate_object');
    },
    60_000,
  );

  const TEXT = `# callgrind format
version: 1
creator: callgrind-3.19.0
positions: line
events: Ir Dr

ob=(1) /app/program
fl=(1) src/main.rs
fn=(1) main
16 400 10
cfn=(2) helper
calls=50 +4
+1 700 3
fi=(2) src/inlined.rs
* 20
fn=(2)
20 300 1
fn=(1)
17 5
totals: 725 11
`;

  it('gives each function its own cost, and leaves out what its callees cost', () => {
    const functions = functionWeights(importCallgrind(TEXT)).map(({ name, self, total, file }) => [
      name,
      file,
      self,
      total,
    ]);
    expect(functions).toEqual([
      ['main', 'src/main.rs', 400, 400],
      ['helper', 'src/inlined.rs', 300, 300],
      ['main', 'src/inlined.rs', 25, 25],
    ]);
  });

  it('that lacks a part, or does not count instructions, says so', () => {
    expect(() => importCallgrind(TEXT.replace('20 300 1\n', ''))).toThrow(
      'its functions cost 425 in all and it says 725, so a part is missing; run callgrind again',
    );
    expect(() => importCallgrind(TEXT.replace('events: Ir Dr', 'events: Ge Bc'))).toThrow(
      'it counts Ge, Bc and not Ir',
    );
    expect(() => importCallgrind('# callgrind format\nfn=main\n')).toThrow('it has no line "events:"');
  });
});
