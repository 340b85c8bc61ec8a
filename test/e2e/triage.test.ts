// Decisions about changes by the real program: set, shown wherever the change is, moved with the runs, and taken back.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finished, forgebench, makeProject } from './project.js';
import { level, runOfCommit, SLOWER, writeHistory } from './stepped-history.js';

const project = makeProject();
afterAll(() => project.remove());

const run = (...args: string[]): Promise<Finished> => forgebench(args, project.folder);
const path = (name: string) => join(project.folder, name);

interface Listed {
  caseId: string;
  run: string;
  alarm: boolean;
  triage: { state: string; note: string; author: string } | null;
}

async function listed(...more: string[]): Promise<Listed[]> {
  const { code, stdout, stderr } = await run('triage', 'list', '--json', ...more);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Listed[];
}

beforeAll(async () => {
  writeHistory(path('runs.jsonl'), [...level(1000, 25), ...level(1200, 15)]);
  expect(await run('import', 'runs.jsonl')).toMatchObject({ code: 0 });
});

describe('a decision about a change', () => {
  it('is set for the last rise of a case, and shown in history, report and list', async () => {
    expect(await listed()).toMatchObject([{ caseId: SLOWER, run: runOfCommit(25), alarm: true, triage: null }]);
    const set = await run('triage', 'set', SLOWER, 'accepted', '--author', 'Ada', '--note', 'checks its input now');
    expect(set).toMatchObject({ code: 0, stdout: 'demo/slower: +20 % at c0ffee25 is accepted\n', stderr: '' });
    expect(await listed()).toMatchObject([{ alarm: false, triage: { state: 'accepted', author: 'Ada' } }]);
    const decision = /accepted by Ada on \d{4}-\d\d-\d\d: checks its input now/;
    const history = await run('history');
    expect(history.stdout).toMatch(/1 change, 0 regressions/);
    expect(history.stdout).toMatch(decision);
    const report = await run('report', '--since', '60d');
    expect(report.stdout).toMatch(/0 regressions/);
    expect(report.stdout).toMatch(/## Settled/);
    expect(report.stdout).toMatch(decision);
  });

  it('goes along with an export, where a later one stays', async () => {
    await run('export', 'all.jsonl');
    const other = ['--store', 'other.db'];
    expect(await run('import', 'all.jsonl', ...other)).toMatchObject({ code: 0 });
    expect(await listed(...other)).toMatchObject([{ triage: { state: 'accepted', note: 'checks its input now' } }]);
    await run('triage', 'set', SLOWER, 'noise', ...other);
    await run('import', 'all.jsonl', ...other);
    expect(await listed(...other)).toMatchObject([{ triage: { state: 'noise' } }]);
  });

  it('may name the commit and a pattern, and is taken back', async () => {
    const set = await run('triage', 'set', 'demo/*', 'acknowledged', '--at', 'c0ffee25', '--json');
    expect(JSON.parse(set.stdout)).toMatchObject([{ caseId: SLOWER, state: 'acknowledged' }]);
    expect(await listed()).toMatchObject([{ alarm: true, triage: { state: 'acknowledged' } }]);
    expect(await run('triage', 'clear', SLOWER)).toMatchObject({
      stdout: 'demo/slower: +20 % at c0ffee25 is no longer acknowledged\n',
    });
    expect(await listed()).toMatchObject([{ alarm: true, triage: null }]);
  });

  it('is refused where there is no such case, change or state, and says what there is', async () => {
    for (const [args, message] of [
      [['set', 'demo/slow', 'noise'], /no stored run has such a case; did you mean "demo\/slower"\?/],
      [['set', SLOWER, 'wontfix'], /there are acknowledged, accepted, noise, fixed/],
      [['set', SLOWER, 'noise', '--author', ''], /Cannot use --author: .*>=1 characters; write a name/],
      [['set', SLOWER, 'noise', '--note', 'x'.repeat(10_001)], /Cannot use --note: .*<=10000 characters/],
      [['set', SLOWER, 'noise', '--at', 'beef'], /nothing changed at "beef"; its changes are \+20 % at c0ffee25/],
      [['set', 'demo/same', 'noise'], /it has not become slower; it has no change/],
    ] as const) {
      const { code, stdout, stderr } = await run('triage', ...args);
      expect(stderr).toMatch(message);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
  });

  it('that something was fixed is reported as come back once later runs show it again', async () => {
    await run('triage', 'set', SLOWER, 'fixed', '--note', 'reverted');
    writeHistory(path('more.jsonl'), [...level(1000, 25), ...level(1200, 15), ...level(1000, 15), ...level(1190, 10)]);
    await run('import', 'more.jsonl');
    const { stdout } = await run('history', SLOWER);
    expect(stdout).toMatch(/\+20 % at c0ffee25 .*; fixed by .*: reverted/);
    expect(stdout).toMatch(/\+19 % came back at c0ffee55/);
    expect((await run('report', '--since', '60d')).stdout).toMatch(/1 regression \(1 returned\)/);
  });
});
