// A run read while another process writes it.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LaunchRecord, toJournalLine } from '../../src/samples/index.js';
import { createRunFolder, followRun, StoreError } from '../../src/store/index.js';
import { planFile, recordOf, TIMING } from './plan-file.js';

let runs: string;
beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), 'forgebench-follow-'));
});
afterEach(() => rmSync(runs, { recursive: true }));

describe('following a run', () => {
  it('gives each launch once, as soon as it was kept', () => {
    const folder = createRunFolder(runs, planFile('one'));
    const follower = followRun(folder.path);
    expect(follower.look()).toMatchObject({ file: { id: 'one' }, added: [], isSaved: false });
    folder.append(recordOf(0, TIMING));
    expect(follower.look().added).toEqual([recordOf(0, TIMING)]);
    expect(follower.look().added).toEqual([]);
    folder.append(recordOf(1, 'panic'));
    expect(follower.look().added).toEqual([recordOf(1, 'panic')]);
  });

  it('loses none and gives none twice, wherever the journal ends when it looks', () => {
    const records = [0, 1, 2].map(
      (index): LaunchRecord => ({ ...recordOf(index, 'panic'), caseId: `demo/ä€😀${index}` }),
    );
    const bytes = Buffer.from(records.map(toJournalLine).join(''));
    const cuts = fc.uniqueArray(fc.integer({ min: 0, max: bytes.length }), { maxLength: 8 });
    let folders = 0;
    fc.assert(
      fc.property(cuts, (places) => {
        const path = join(runs, String(folders++));
        mkdirSync(path);
        writeFileSync(join(path, 'plan.json'), JSON.stringify(planFile('cut')));
        const follower = followRun(path);
        const ends = [...places.sort((a, b) => a - b), bytes.length];
        const seen = ends.flatMap((end, index) => {
          appendFileSync(join(path, 'launches.jsonl'), bytes.subarray(ends[index - 1] ?? 0, end));
          return follower.look().added;
        });
        expect(seen).toEqual(records);
      }),
      { seed: 20260102, numRuns: 60 },
    );
  });

  it('sees launches that are added to the plan, and the end', () => {
    const folder = createRunFolder(runs, planFile('one'));
    const follower = followRun(folder.path);
    follower.look();
    folder.replan(planFile('one', ['time', 'memory', 'time']));
    expect(follower.look().file.plan.requests).toHaveLength(3);
    writeFileSync(join(folder.path, 'run.json'), '{}');
    expect(follower.look().isSaved).toBe(true);
  });

  it('ends with a sentence where a line is none of a journal, or the folder is gone', () => {
    const folder = createRunFolder(runs, planFile('one'));
    const follower = followRun(folder.path);
    appendFileSync(join(folder.path, 'launches.jsonl'), 'garbage\n');
    expect(() => follower.look()).toThrow(StoreError);
    expect(() => follower.look()).toThrow(/Cannot follow the run .* changed or damaged/);
    rmSync(folder.path, { recursive: true });
    expect(() => follower.look()).toThrow(/Cannot follow the run .* the folder was removed/);
  });
});
