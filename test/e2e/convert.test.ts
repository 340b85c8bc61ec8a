// `forgebench convert` and `view`: real files in, every format out, and sentences where that cannot be.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { importProfile, PROFILE_FORMATS, toProfileJson, totalWeight } from '../../src/profile/index.js';
import { PROFILE, TOTAL } from '../profile/sample-profile.js';
import { forgebench, makeProject } from './project.js';

const project = makeProject();
afterAll(() => project.remove());
const SOURCE = 'case.profile.json';
writeFileSync(join(project.folder, SOURCE), toProfileJson(PROFILE));

function read(name: string): Buffer {
  return readFileSync(join(project.folder, name));
}

describe('converting a profile', () => {
  it.each(['profile', 'cpuprofile', 'pprof', 'folded', 'speedscope', 'firefox'] as const)(
    'writes %s beside the caller, with the same weight',
    async (format) => {
      const { code, stdout, stderr } = await forgebench(
        ['convert', SOURCE, '--to', format, '--output', `x.${format}`],
        project.folder,
      );
      expect(code, stderr).toBe(0);
      expect(stdout).toBe(`profile read, ${format} written: x.${format}\n`);
      expect(totalWeight(importProfile(read(`x.${format}`)).profile)).toBe(TOTAL);
    },
  );

  it('names the file after the source and the format, and says what is in it as JSON', async () => {
    const { code, stdout } = await forgebench(['convert', SOURCE, '--to', 'pprof', '--json'], project.folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      from: 'profile',
      to: 'pprof',
      output: `case${PROFILE_FORMATS.pprof.ending}`,
      unit: 'nanoseconds',
      weight: TOTAL,
      samples: 125,
      threads: 2,
    });
    expect(existsSync(join(project.folder, 'case.pb.gz'))).toBe(true);
  });

  it('prints hotspots with shares, origins and places', async () => {
    const { stdout } = await forgebench(['convert', SOURCE, '--to', 'markdown', '--output', '-'], project.folder);
    expect(stdout).toContain('125 ms in all, 125 samples, one for each 1.00 ms, 2 threads, seen by perf.');
    expect(stdout).toContain('| 56 % | 70.0 ms | 56 % | 70.0 ms | `malloc` | libc | `libc.so.6` |');
    expect(stdout).toContain('| 16 % | 20.0 ms | 72 % | 90.0 ms | `my_addon::build` | rust | `src/lib.rs:9` |');
  });

  it('makes a flame graph in one file', async () => {
    const { code } = await forgebench(
      ['convert', SOURCE, '--to', 'html', '--title', 'model/x', '--output', 'x.html'],
      project.folder,
    );
    expect(code).toBe(0);
    expect(read('x.html').toString()).toContain('<h1>model/x</h1>');
  });

  it('says of folded stacks that their unit is a guess', async () => {
    writeFileSync(join(project.folder, 'other.txt'), 'main;parse 30\n');
    const { code, stderr } = await forgebench(['convert', 'other.txt', '--to', 'speedscope'], project.folder);
    expect(code).toBe(0);
    expect(stderr).toContain('--unit nanoseconds says otherwise');
  });
});

describe('what cannot be converted', () => {
  mkdirSync(join(project.folder, 'folder'));
  writeFileSync(join(project.folder, 'empty.json'), '');
  writeFileSync(join(project.folder, 'cut.json'), toProfileJson(PROFILE).slice(0, 300));
  writeFileSync(join(project.folder, 'cut.pb.gz'), gzipSync(Buffer.alloc(4000, 7)).subarray(0, 20));

  it.each([
    [['missing.json', '--to', 'pprof'], 'Cannot read "missing.json": it does not exist; check the path'],
    [['folder', '--to', 'pprof'], 'Cannot read "folder": it is a folder; name a file in it'],
    [['empty.json', '--to', 'pprof'], 'Cannot read the profile: it is empty'],
    [['cut.json', '--to', 'pprof'], 'it may be cut off: record or export it again'],
    [['cut.pb.gz', '--to', 'folded'], 'Cannot read the compressed profile'],
    [[SOURCE, '--to', 'pprf'], 'Cannot write "pprf": did you mean pprof?'],
    [[SOURCE, '--to', 'pprof,html'], 'Cannot convert into several formats at once'],
    [[SOURCE, '--to', 'heapprofile'], 'Cannot write a heap profile: the weights are nanoseconds'],
    [[SOURCE, '--to', 'profile', '--output', SOURCE], 'it is the file to be read'],
    [[SOURCE, '--to', 'folded', '--output', 'no/where.txt'], 'does not exist; make it first'],
    [[SOURCE, '--to', 'folded', '--unit', 'years'], 'Cannot take weights for "years": the units are nanoseconds'],
  ])('%j is refused with a sentence and exit code 2', async (words, sentence) => {
    const { code, stdout, stderr } = await forgebench(['convert', ...words], project.folder);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('leaves the source as it was', () => {
    expect(read(SOURCE).toString()).toBe(toProfileJson(PROFILE));
  });
});
