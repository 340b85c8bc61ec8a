// Runs that were kept: shown again, also after their files were cut off, damaged or written by another version, and
// where the disk had no room.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/store/index.js';
import { type Finished, forgebench, makeProject, plant } from './project.js';

const project = makeProject('plain');
afterAll(() => project.remove());

const run = (...args: string[]): Promise<Finished> => forgebench(args, project.folder);
const runs = (): string[] => {
  const folder = join(project.folder, '.forgebench/runs');
  return existsSync(folder) ? readdirSync(folder) : [];
};

/** Expects that a run is refused with one sentence. */
async function expectRefusal(args: readonly string[], message: RegExp): Promise<void> {
  const { code, stdout, stderr } = await run(...args);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

describe('a run that was kept', () => {
  let file: string;
  let folder: string;
  beforeAll(async () => {
    file = join(project.folder, 'kept.json');
    const { code, stderr } = await run('run', 'plain/sum', '--seed', '1', '--output', 'kept.json');
    expect(code, stderr).toBe(0);
    folder = join(project.folder, '.forgebench/runs', runs().at(-1) as string);
  });

  /** A copy of the run's folder, to be damaged. */
  function copy(): string {
    const damaged = mkdtempSync(join(project.folder, 'damaged-'));
    cpSync(folder, damaged, { recursive: true });
    return damaged;
  }

  it('goes without progress that is rewritten where there is no terminal', async () => {
    const { stdout, stderr } = await run('run', 'plain/sum[length=10]');
    expect(stderr).toMatch(
      /^Measuring 1 of 3 · plain\/sum\[length=10\]\nReport: \.forgebench\/runs\/.*\/report\.html\n$/,
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that must not be there
    expect(stdout + stderr).not.toMatch(/[\x1b\r]/);
  });

  it('is shown again from its file and from its folder', async () => {
    for (const path of [file, folder]) expect(await run('report', path)).toMatchObject({ code: 0, stderr: '' });
  });

  it('is refused where its file is cut off', () => {
    writeFileSync(join(project.folder, 'cut.json'), readFileSync(file, 'utf8').slice(0, 500));
    return expectRefusal(
      ['report', 'cut.json'],
      /cut\.json: Cannot read the run: it is not JSON .*the file may be cut/,
    );
  });

  it('is refused where its file is none of ours', () => {
    plant(project.folder, { 'other.json': '{"version":2,"name":"x"}', 'empty.json': '' });
    return expectRefusal(['report', 'other.json'], /other\.json: Cannot read the run: it does not fit the schema/).then(
      () => expectRefusal(['report', 'empty.json'], /it is not JSON/),
    );
  });

  it('is refused where a newer forgebench has written it', () => {
    const newer = { ...(JSON.parse(readFileSync(file, 'utf8')) as object), version: 99, added: true };
    writeFileSync(join(project.folder, 'newer.json'), JSON.stringify(newer));
    return expectRefusal(
      ['report', 'newer.json'],
      /^Cannot read ".*newer\.json": its version is 99, this forgebench reads version 2; update forgebench\n$/,
    );
  });

  it('is made again from its journal where run.json is missing, with the same figures', async () => {
    const damaged = copy();
    rmSync(join(damaged, 'run.json'));
    const { code, stdout, stderr } = await run('report', damaged, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [again, before] = [JSON.parse(stdout) as RunRecord, JSON.parse(readFileSync(file, 'utf8')) as RunRecord];
    expect(again.summaries).toEqual(before.summaries);
    expect(again.status).toBe('finished');
  });

  it('is made again from its journal where run.json was cut off, and says so', async () => {
    const damaged = copy();
    writeFileSync(join(damaged, 'run.json'), '{"version":2,"id');
    const { code, stdout, stderr } = await run('report', damaged);
    expect(code).toBe(0);
    expect(stderr).toContain('It was made again from the journal, without its profiles.');
    expect(stdout).toContain('length=10');
  });

  it('loses the last line of its journal where that was cut off, with a warning', async () => {
    const damaged = copy();
    const journal = join(damaged, 'launches.jsonl');
    rmSync(join(damaged, 'run.json'));
    writeFileSync(journal, readFileSync(journal, 'utf8').slice(0, -30));
    const { code, stdout, stderr } = await run('report', journal, '--json');
    expect(code).toBe(0);
    expect(stderr).toBe('The last launch of the journal was cut off while it was written; it is left out.\n');
    expect((JSON.parse(stdout) as RunRecord).status).toBe('interrupted');
  });

  it('is refused where its journal is damaged in the middle', () => {
    const damaged = copy();
    const journal = join(damaged, 'launches.jsonl');
    rmSync(join(damaged, 'run.json'));
    writeFileSync(journal, `garbage\n${readFileSync(journal, 'utf8')}`);
    return expectRefusal(['report', damaged], /line 1 is no launch record; the file was changed or damaged/);
  });
});

describe('two runs at the same moment', () => {
  it('keep a folder each', async () => {
    const before = runs().length;
    const both = await Promise.all([run('run', 'plain/sum[length=10]'), run('run', 'plain/sum[length=10]')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs()).toHaveLength(before + 2);
  });
});

/** A folder with a disk of its own, where this machine lets us mount one. */
function mountSmall(folder: string, size: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const probe = mkdtempSync(join(tmpdir(), 'forgebench-mount-'));
const mayMount = mountSmall(probe, '4k');
if (mayMount) execFileSync('umount', [probe]);
rmSync(probe, { recursive: true });

describe.skipIf(!mayMount)('a disk that runs full, where this machine lets us mount one [hardware]', () => {
  /** Runs with `.forgebench/runs` on a disk that has this many bytes left for launches. */
  async function runOnDisk(size: string, args: string[]): Promise<{ finished: Finished; report: Finished }> {
    const full = makeProject('plain');
    const disk = join(full.folder, '.forgebench/runs');
    mkdirSync(disk, { recursive: true });
    mountSmall(disk, size);
    try {
      const finished = await forgebench(args, full.folder);
      return { finished, report: await forgebench(['report', '--json'], full.folder) };
    } finally {
      execFileSync('umount', ['--lazy', disk]);
      full.remove();
    }
  }

  it('ends the run with what to do, and what had finished can be shown', async () => {
    const { finished, report } = await runOnDisk('56k', ['run', 'plain/sum', '--launches', '60']);
    expect(finished.stderr).toMatch(
      /Cannot keep a launch of run "(.*)": the disk is full; free some space; "forgebench report \1" shows those before it\n$/,
    );
    expect(finished.code).toBe(2);
    expect(report.code).toBe(0);
    const record = JSON.parse(report.stdout) as RunRecord;
    expect(record.status).toBe('interrupted');
    expect(record.summaries.some(({ launches }) => launches.time > 1)).toBe(true);
  });

  it('does not hide a report whose copy had no room', async () => {
    const full = makeProject('plain');
    const disk = join(full.folder, 'copies');
    mkdirSync(disk);
    mountSmall(disk, '8k');
    try {
      const { code, stdout, stderr } = await forgebench(
        ['run', 'plain/sum[length=10]', '--output', 'copies/run.html'],
        full.folder,
      );
      expect(code).toBe(2);
      expect(stdout).toContain('length=10');
      expect(stderr).toMatch(/Cannot write ".*copies\/run\.html": the disk is full; free some space\n$/);
      expect(readdirSync(disk)).toEqual([]);
    } finally {
      execFileSync('umount', ['--lazy', disk]);
      full.remove();
    }
  });

  it('is told where even the plan does not fit', async () => {
    const { finished } = await runOnDisk('4k', ['run', 'plain/sum', '--launches', '60']);
    expect(finished.stderr).toMatch(
      /^Cannot create the run's folder ".*": the disk is full; free some space\n$|Cannot write ".*plan\.json": the disk is full/,
    );
    expect(finished.code).toBe(2);
  });
});
