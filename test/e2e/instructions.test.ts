// Instructions counted by a real valgrind: a user's addon with its runner, JavaScript without its compiler, two versions
// that differ by 2 %, and a machine without valgrind.
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/store/index.js';
import { buildCountedAddon, forgebench, makeProject, plant, ROOT } from './project.js';

const project = makeProject('counted');
afterAll(() => project.remove());

const hasValgrind = spawnSync('valgrind', ['--version']).status === 0;
/** Where `CI=true` promises all of Debian's tools, a missing one is a failure. */
const withValgrind = hasValgrind || process.env.CI === 'true' ? describe : describe.skip;

interface Change {
  caseId: string;
  verdict: string;
  ratio: number;
}

/** Runs the program with the workloads' number of turns in the environment. */
async function run(turns: number, ...args: string[]) {
  process.env.COUNTED_TURNS = String(turns);
  try {
    return await forgebench(['run', '--launches', '3', ...args], project.folder);
  } finally {
    delete process.env.COUNTED_TURNS;
  }
}

function read(file: string): RunRecord {
  return JSON.parse(readFileSync(join(project.folder, file), 'utf8')) as RunRecord;
}

function countsOf({ summaries }: RunRecord, caseId: string) {
  const found = summaries.find((each) => each.caseId === caseId)?.instructions;
  if (!found) throw new Error(`nothing was counted of ${caseId}`);
  return found;
}

beforeAll(() => buildCountedAddon(project.folder), 600_000);

withValgrind('a run with --instructions (valgrind)', () => {
  let base: RunRecord;
  let shown: string;
  let changes: Change[];

  beforeAll(async () => {
    const first = await run(10_000, '--instructions', '--save-baseline', 'main', '--output', 'base.json');
    expect(first.code, first.stderr).toBe(0);
    shown = first.stdout;
    base = read('base.json');
    const second = await run(
      10_200,
      '--instructions',
      '--baseline',
      'main',
      '--tolerance',
      '50%',
      '--output',
      'head.json',
    );
    expect(second.stdout).toContain('By instructions:');
    const { stdout } = await forgebench(['compare', 'main', 'head.json', '--json'], project.folder);
    changes = (JSON.parse(stdout) as { instructions: Change[] }).instructions;
  }, 600_000);

  it('counts the timed part of a body to the instruction, whatever making its input takes', () => {
    const { launches, deterministic } = countsOf(base, 'counted/work');
    expect(launches).toHaveLength(3);
    expect(new Set(launches).size).toBe(1);
    expect(deterministic).toBe(true);
    // A turn of the body is between 5 and 15 instructions; with its input it would be four times as many turns.
    expect(launches[0]).toBeGreaterThan(50_000);
    expect(launches[0]).toBeLessThan(150_000);
  });

  it('counts the threads that a body starts', () => {
    const [alone] = countsOf(base, 'counted/work').launches as [number];
    const { launches } = countsOf(base, 'counted/threads');
    for (const each of launches) expect(each).toBeGreaterThan(0.9 * alone);
  });

  it('counts next to nothing of a body that waits', () => {
    for (const each of countsOf(base, 'counted/wait').launches) expect(each).toBeLessThan(1_000);
  });

  it('counts JavaScript, the same in every launch', () => {
    const { launches, deterministic } = countsOf(base, 'script/add');
    expect(launches).toHaveLength(3);
    expect(deterministic).toBe(true);
    expect(launches[0]).toBeGreaterThan(10_000);
  });

  it('says of a body whose work is a matter of chance that it is one', () => {
    for (const id of ['counted/scattered', 'counted/chance']) expect(countsOf(base, id).deterministic).toBe(false);
    expect(shown).toMatch(/a matter of chance, [^.]*\.\s+counted\/scattered,\s+counted\/chance/);
  });

  it('shows a column of them, and why one has none', () => {
    expect(shown).toContain('instr/op');
    expect(shown).toContain('instr/op: instructions of a command are not counted  other/true');
  });

  it('finds 2 % more work in Rust and in JavaScript, and nothing where nothing changed', () => {
    const change = (id: string) => changes.find(({ caseId }) => caseId === id);
    // The keys of hashes are the same in the n-th launch of either run, so that even their chance is comparable.
    for (const id of ['counted/work', 'counted/threads', 'counted/scattered', 'script/add']) {
      expect(change(id), id).toMatchObject({ verdict: 'slower' });
      expect(change(id)?.ratio, id).toBeCloseTo(1.02, 2);
    }
    expect(change('counted/fill')).toMatchObject({ verdict: 'same' });
    expect(change('counted/fill')?.ratio).toBeCloseTo(1, 4);
    expect(change('counted/chance')).toMatchObject({ verdict: 'unclear' });
  });

  it('counts the same iterations as the baseline', () => {
    for (const { caseId, instructions } of read('head.json').summaries)
      if (instructions && instructions.launches.length > 0)
        expect(instructions.iterations, caseId).toEqual(countsOf(base, caseId).iterations.map((_, __, all) => all[0]));
  });

  it('tells failures as those of timed launches', async () => {
    const { code } = await run(10_000, 'counted/panic', 'script/wrong', '--instructions', '--output', 'failed.json');
    expect(code).toBe(3);
    const failures = read('failed.json').failures.filter(({ kind }) => kind === 'instructions');
    const reasons = failures.map(({ caseId, failure }) => [caseId, failure.reason, failure.message]);
    expect(new Set(reasons.map(([caseId, reason]) => `${caseId} ${reason}`))).toEqual(
      new Set(['counted/panic panic', 'script/wrong wrong-answer']),
    );
    expect(JSON.stringify(reasons)).toContain('no such node');
  }, 300_000);
});

withValgrind('two versions with --instructions (valgrind)', () => {
  const old = join(project.folder, 'old');
  const compare = (...args: string[]) =>
    forgebench(
      ['ab', '--base', `path:${old}`, '--head', 'path:.', ...args, '--instructions', '--quick', '--json'],
      project.folder,
    );

  beforeAll(() => {
    const files = ['benches', 'forgebench.config.ts', 'counted.node', 'counted-runner'];
    for (const file of files) cpSync(join(project.folder, file), join(old, file), { recursive: true });
    const module = readFileSync(join(project.folder, 'benches/work.mjs'), 'utf8');
    plant(old, { 'benches/work.mjs': module.replace('10_000', '9_800').replace('2 * turns', 'turns') });
  });

  it('differ in 2 % more work of a module, which is seen whatever the clock says', async () => {
    const { code, stdout, stderr } = await compare('script/add', '--tolerance', '1%');
    const { instructions } = JSON.parse(stdout) as { instructions: Change[] };
    expect(instructions, stderr).toMatchObject([{ caseId: 'script/add', verdict: 'slower' }]);
    expect(instructions[0]?.ratio).toBeCloseTo(10_000 / 9_800, 2);
    expect([0, 1]).toContain(code); // A clock that says `same` acquits it.
  }, 300_000);

  it('are counted seven times where the clock decides on the counts and one side has more in each', async () => {
    const { stdout, stderr } = await compare('script/chance');
    const { instructions } = JSON.parse(stdout) as { instructions: Change[] };
    expect(stderr).toContain('Counting instructions of 1 case more often');
    expect(instructions, stderr).toMatchObject([{ verdict: 'slower', apart: true, launches: { base: 7, head: 7 } }]);
  }, 300_000);

  it('are told which cases have no instructions of their own', async () => {
    const { stdout, stderr } = await compare('other/true');
    expect(stderr).toContain('Counts no instructions of 1 case:');
    expect((JSON.parse(stdout) as { instructions: Change[] }).instructions).toEqual([]);
  }, 300_000);
});

describe('a machine without valgrind', () => {
  it('is told what to do before anything is measured', () => {
    const words = [join(ROOT, 'bin/forgebench.mjs'), 'run', 'counted/work', '--instructions'];
    const env = { PATH: '/nonexistent', HOME: project.folder };
    const { status, stdout, stderr } = spawnSync(process.execPath, words, {
      cwd: project.folder,
      env,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^Cannot count instructions: valgrind is not installed; apt-get install valgrind, or run without --instructions\n$/,
    );
  });
});
