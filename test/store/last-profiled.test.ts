// What was profiled in which run, so that the next run can begin with the others.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastProfiled } from '../../src/store/index.js';

let runs: string;

beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), 'forgebench-profiled-'));
});

afterEach(() => rmSync(runs, { recursive: true, force: true }));

function keep(run: string, profiled: string[]): void {
  mkdirSync(join(runs, run));
  writeFileSync(join(runs, run, 'plan.json'), '{}');
  for (const name of profiled) mkdirSync(join(runs, run, 'profiles', name), { recursive: true });
}

describe('lastProfiled', () => {
  it('tells the newest run of each case, and nothing of cases that no run has profiled', () => {
    keep('20260101-000000', ['a', 'b']);
    keep('20260102-000000', []);
    keep('20260103-000000', ['b']);
    expect([...lastProfiled(runs)].toSorted()).toEqual([
      ['a', 0],
      ['b', 2],
    ]);
  });

  it('is empty where there is no run', () => {
    expect(lastProfiled(join(runs, 'none')).size).toBe(0);
  });
});
