// `forgebench doctor` on machines that lack something, made with a PATH that holds only what a test puts there.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Probe } from '../../src/run/index.js';
import { ROOT } from './project.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'forgebench-doctor-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let machines = 0;
/** Runs doctor where these shell scripts are the only programs. */
function doctorOn(scripts: Record<string, string>, flags: readonly string[] = ['--json']) {
  const bin = join(folder, `bin-${machines++}`);
  mkdirSync(bin);
  for (const [name, script] of Object.entries(scripts))
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return spawnSync(process.execPath, [join(ROOT, 'bin/forgebench.mjs'), 'doctor', ...flags], {
    env: { PATH: bin, HOME: folder },
    cwd: folder,
    encoding: 'utf8',
  });
}

/** What doctor says of one thing. */
function probe(name: string, scripts: Record<string, string>): Probe {
  const { status, stdout, stderr } = doctorOn(scripts);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const found = (JSON.parse(stdout) as Probe[]).find((each) => each.name === name);
  if (!found) throw new Error(`doctor does not speak of ${name}`);
  return found;
}

/** A perf that records and answers `perf stat` like this, on standard error as the real one. */
const perf = (stat: string) =>
  `case "$1" in --version) echo "perf version 6.1.0";; stat) echo "${stat}" >&2;; record) exit 0;; esac`;

describe('where nothing is installed', () => {
  it.each([
    ['perf', 'missing', /apt-get install linux-perf/],
    ['hardware counters', 'limited', /see perf/],
    ['setpriv', 'missing', /util-linux/],
    ['valgrind', 'missing', /apt-get install valgrind/],
  ])('%s is %s, with what to do', (name, status, fix) => {
    expect(probe(name, {})).toMatchObject({ status, fix: expect.stringMatching(fix) });
  });

  it('node is there all the same, and every probe says what it is for', () => {
    const probes = JSON.parse(doctorOn({}).stdout) as Probe[];
    expect(probes[0]).toMatchObject({ name: 'node', status: 'ok', found: expect.stringContaining(process.version) });
    for (const { purpose, found } of probes) expect([purpose, found]).not.toContain('');
  });
});

describe('perf', () => {
  it('is fine where it records', () => {
    expect(probe('perf', { perf: perf('1234,,instructions:u,1,100.00,,') })).toMatchObject({
      status: 'ok',
      found: 'perf version 6.1.0',
    });
  });

  it('is missing where the kernel forbids it to look, with what the kernel says', () => {
    const forbidden = `case "$1" in --version) echo "perf version 6.1.0";; *) printf '\\nError: No permission\\nmore' >&2; exit 255;; esac`;
    expect(probe('perf', { perf: forbidden })).toMatchObject({
      status: 'missing',
      found: 'cannot record: Error: No permission',
      fix: expect.stringContaining('perf_event_paranoid'),
    });
    expect(probe('hardware counters', { perf: forbidden }).status).toBe('limited');
  });
});

describe('hardware counters', () => {
  it('are supported where perf counts, which it tells on standard error', () => {
    expect(probe('hardware counters', { perf: perf('1234,,instructions:u,1,100.00,,') })).toMatchObject({
      status: 'ok',
      found: 'supported',
    });
  });

  it.each(['<not supported>', '<not counted>'])('are not where perf says %s', (word) => {
    expect(probe('hardware counters', { perf: perf(`${word},,instructions:u,0,100.00,,`) })).toMatchObject({
      status: 'limited',
      found: 'not supported on this machine',
    });
  });
});

describe('setpriv', () => {
  it('is fine where it knows death signals', () => {
    expect(probe('setpriv', { setpriv: 'echo " --pdeathsig keep|clear|<signame>"' }).status).toBe('ok');
  });

  it('is missing where it is too old for them', () => {
    expect(probe('setpriv', { setpriv: 'echo " --nnp"' })).toMatchObject({
      status: 'missing',
      fix: 'install util-linux 2.33 or newer',
    });
  });
});

describe('valgrind', () => {
  it('is fine where it runs a program', () => {
    expect(probe('valgrind', { valgrind: 'echo valgrind-3.19.0' })).toMatchObject({
      status: 'ok',
      found: 'valgrind-3.19.0',
    });
  });

  it('is missing where it cannot run one', () => {
    const broken = `case "$1" in --version) echo valgrind-3.19.0;; *) echo "no tool 'none'" >&2; exit 1;; esac`;
    expect(probe('valgrind', { valgrind: broken })).toMatchObject({
      status: 'missing',
      found: "valgrind-3.19.0 cannot run a program: no tool 'none'",
    });
  });
});

describe('what a person reads', () => {
  it('marks each thing, says what it is for where something is to be done, and sums up', () => {
    const { stdout, status } = doctorOn({}, []);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^✓ node {24}v\d+/m);
    expect(stdout).toMatch(/^✗ perf {24}not installed\n {30}for flame graphs .*\n {30}→ apt-get install linux-perf/m);
    expect(stdout).toMatch(/\n\d+ of \d+ as they should be\.\n$/);
  });
});
