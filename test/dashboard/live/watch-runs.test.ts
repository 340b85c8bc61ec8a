// Runs under way as the dashboard sees them: by their folders, and by the process that writes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchRuns } from '../../../src/dashboard/live/watch-runs.js';
import { identifyProcess } from '../../../src/run/index.js';
import { createRunFolder, type PlanFile } from '../../../src/store/index.js';
import { planFile, recordOf, TIMING } from '../../store/plan-file.js';

const HERE = identifyProcess();
const GONE = { ...HERE, startTicks: 0 };
const ELSEWHERE = { ...HERE, system: 'another system' };
/** Longer than a look is taken for fresh. */
const LATER_MS = 600;
/** When the launches of `recordOf` ended. */
const HEARD_MS = 1767323045300;

let runs: string;
beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), 'forgebench-live-'));
  vi.useFakeTimers({ toFake: ['Date'], now: HEARD_MS });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(runs, { recursive: true });
});

const noError = (error: unknown) => expect.unreachable(String(error));
const start = (id: string, writer: PlanFile['writer']) =>
  createRunFolder(runs, { ...planFile(id, ['time', 'time', 'time', 'memory']), ...(writer && { writer }) });
const later = (ms = LATER_MS) => vi.setSystemTime(Date.now() + ms);

describe('a run that another process writes', () => {
  it('is under way as long as its process runs, however long nothing comes', () => {
    start('one', HERE);
    later(1e9);
    expect(watchRuns(runs, noError).unsaved()).toMatchObject([{ state: 'running', done: 0, leftMs: null }]);
  });

  it('was killed where its process is gone and there is no record', () => {
    start('one', GONE).append(recordOf(0, TIMING));
    expect(watchRuns(runs, noError).unsaved()).toMatchObject([{ state: 'killed', done: 1, leftMs: null, use: null }]);
  });

  it('of another system is under way until it is silent for longer than a launch may take', () => {
    start('one', ELSEWHERE).append(recordOf(0, TIMING));
    const watch = watchRuns(runs, noError);
    expect(watch.unsaved()).toMatchObject([{ state: 'running', use: null }]);
    later(2_500);
    expect(watch.unsaved()).toMatchObject([{ state: 'silent' }]);
  });

  it('has a case with its launches, samples, failures, and an interval as soon as there are two launches', () => {
    const folder = start('one', HERE);
    const watch = watchRuns(runs, noError);
    folder.append(recordOf(0, TIMING));
    expect(watch.read('one')?.cases).toMatchObject([{ planned: 4, made: 1, p50: { missing: expect.any(String) } }]);
    folder.append(recordOf(1, { ...TIMING, samplesNs: [103, 103, 103] }));
    folder.append(recordOf(2, 'panic'));
    later();
    const [only] = watch.read('one')?.cases ?? [];
    expect(only).toMatchObject({
      caseId: 'demo/case',
      made: 3,
      failed: 1,
      samples: 6,
      failure: expect.stringMatching(/^panic: /),
    });
    expect(only?.p50).toMatchObject({ estimate: { value: expect.closeTo(102, 0) } });
  });

  it('tells the time left by its pace, and what launches and processes use', () => {
    const folder = start('one', HERE);
    folder.append(recordOf(0, TIMING));
    const watch = watchRuns(runs, noError);
    const first = watch.read('one');
    expect(first).toMatchObject({ leftMs: 900, next: 'demo/case', launches: [{ cores: expect.closeTo(41 / 48, 6) }] });
    expect(first?.use?.cores).toBeNull();
    expect(first?.use?.residentBytes).toBeGreaterThan(10e6);
    later();
    expect(watch.read('one')?.use?.cores).toBeGreaterThanOrEqual(0);
  });

  it('has ended once its record is there, and stays readable', () => {
    const folder = start('one', HERE);
    const watch = watchRuns(runs, noError);
    expect(watch.unsaved()).toHaveLength(1);
    folder.append(recordOf(0, TIMING));
    writeFileSync(join(folder.path, 'run.json'), '{}');
    later();
    expect(watch.unsaved()).toEqual([]);
    expect(watch.read('one')).toMatchObject({ state: 'finished', done: 1 });
  });

  it('is found by its id alone: no id is a path', () => {
    start('one', HERE);
    const watch = watchRuns(runs, noError);
    for (const id of ['', '.', '..', '../one', `${runs}/one`, 'two', 'one/', 'one\0'])
      expect(watch.read(id)).toBeUndefined();
  });

  it('that is damaged costs a message and no other run', () => {
    start('good', HERE);
    const { path } = start('bad', HERE);
    writeFileSync(join(path, 'launches.jsonl'), 'garbage\n');
    const errors: unknown[] = [];
    const watch = watchRuns(runs, (error) => errors.push(error));
    expect(watch.unsaved().map(({ file }) => file.id)).toEqual(['good']);
    later();
    watch.unsaved();
    expect(errors.map(String)).toEqual([expect.stringContaining('Cannot follow the run')]);
  });
});

describe('sums over runs', () => {
  it('never become less: runs that end, are killed or removed keep their part', () => {
    const watch = watchRuns(runs, noError);
    expect(watch.totals()).toEqual({ measured: 0, failed: 0, samples: 0, operations: 0, cpuSeconds: 0 });
    const [ended, removed, short] = ['ended', 'removed', 'short'].map((id) => start(id, HERE));
    for (const folder of [ended, removed, short]) folder?.append(recordOf(0, TIMING));
    // So short that it was never seen under way.
    writeFileSync(join(runs, 'short/run.json'), '{}');
    later();
    expect(watch.totals()).toMatchObject({ measured: 3, samples: 9 });
    ended?.append(recordOf(1, 'panic'));
    writeFileSync(join(runs, 'ended/run.json'), '{}');
    rmSync(join(runs, 'removed'), { recursive: true });
    for (let turn = 0; turn < 2; turn++) {
      later();
      expect(watch.totals()).toMatchObject({ measured: 3, failed: 1, samples: 9 });
    }
    expect(watch.totals().cpuSeconds).toBeCloseTo(3 * 0.041, 6);
    expect(watch.totals().operations).toBe(9 * TIMING.iterationsPerSample * TIMING.operationsPerIteration);
  });

  it('leave out what had ended or was killed before the watch began', () => {
    start('killed', GONE).append(recordOf(0, TIMING));
    const { path, append } = start('saved', HERE);
    append(recordOf(0, TIMING));
    writeFileSync(join(path, 'run.json'), '{}');
    const watch = watchRuns(runs, noError);
    expect(watch.totals().measured).toBe(0);
    expect(watch.read('saved')?.totals.measured).toBe(1);
    later();
    expect(watch.totals().measured).toBe(0);
  });
});
