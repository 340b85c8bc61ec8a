// Retention by policy: what goes, what stays and why, and that it is remembered.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { retain } from '../../src/cli/retain.js';
import { openStore, type Store } from '../../src/store/index.js';
import { storedRun } from '../store/stored-runs.js';

const root = mkdtempSync(join(tmpdir(), 'forgebench-retain-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const DAY_MS = 86_400_000;
const RUNS = 8;
let stores = 0;
let store: Store;

beforeEach(async () => {
  store = await openStore({ kind: 'sqlite', file: join(root, `${stores++}.db`) });
  for (let index = 0; index < RUNS; index++) {
    const startedAt = new Date(Date.now() - (RUNS - index) * DAY_MS).toISOString();
    await store.save(storedRun(`run-${index}`, { startedAt, commit: `c${index}` }));
  }
  return () => store.close();
});

const CHANGE = { caseId: 'demo/other', metric: 'p50', fingerprint: '0123' };
const AT = '2026-01-02T03:04:05.000Z';
const apply = (policy: Parameters<typeof retain>[1], dryRun = false) => retain(store, policy, { root, dryRun });
const left = async () => (await store.list()).map(({ id }) => id);

describe('a policy', () => {
  it('by age and number removes the oldest, and remembers which rule each was too much for', async () => {
    const { removals } = await apply({ olderThan: '6.5d', keep: 4 });
    // The newest run of its machine is not counted.
    expect(await left()).toEqual(['run-3', 'run-4', 'run-5', 'run-6', 'run-7']);
    expect(removals.map(({ run, reason }) => [run, reason])).toEqual([
      ['run-0', 'older than 6.5d'],
      ['run-1', 'older than 6.5d'],
      ['run-2', 'more than 4 runs'],
    ]);
    expect(await store.removals()).toEqual(removals);
  });

  it('leaves alone what a baseline, a decision or an alert names, and says so', async () => {
    await store.nameBaseline('main', 'run-0');
    await store.saveTriage({
      ...CHANGE,
      run: 'run-1',
      state: 'noise',
      note: '',
      author: 'ada',
      at: AT,
      magnitude: 0.1,
    });
    await store.saveAlert({
      ...CHANGE,
      run: 'run-2',
      kind: 'regression',
      channel: 'team',
      state: 'sent',
      at: AT,
      failure: null,
    });
    const { spared } = await apply({ keep: 1 });
    expect(await left()).toEqual(['run-0', 'run-1', 'run-2', 'run-6', 'run-7']);
    expect(spared).toEqual([
      { id: 'run-0', reason: 'baseline "main"' },
      { id: 'run-1', reason: 'a decision about demo/other' },
      { id: 'run-2', reason: 'an alert about demo/other' },
      { id: 'run-7', reason: 'the newest run of its machine' },
    ]);
  });

  it('does nothing where nothing is too much, and only looks where it is to', async () => {
    expect(await apply({ olderThan: '30d', keep: 100 })).toMatchObject({ remove: [], removals: [] });
    expect((await apply({ keep: 2 }, true)).removals).toHaveLength(5);
    expect(await left()).toHaveLength(RUNS);
    expect(await store.removals()).toEqual([]);
  });

  it('that cannot remove a run does not remember as removed what still waits for its turn', async () => {
    const stuck = Object.assign(Object.create(store) as Store, {
      remove: async ([run]: readonly string[]) => {
        if (run === 'run-1') throw new Error('the folder is in use');
        await store.remove([run as string]);
      },
    });
    await expect(retain(stuck, { keep: 2 }, { root, dryRun: false })).rejects.toThrow('in use');
    expect((await store.removals()).map(({ run }) => run)).toEqual(['run-0', 'run-1']);
    expect(await left()).not.toContain('run-0');
    expect(await left()).toContain('run-2');
  });

  it('that keeps figures reads none where no run has a folder any more', async () => {
    const figures = vi.spyOn(store, 'series');
    await apply({ keep: 1, keepFigures: true });
    expect(figures).not.toHaveBeenCalled();
  });

  it('that keeps figures leaves runs alone that have no folder here', async () => {
    expect(await apply({ keep: 1, keepFigures: true })).toMatchObject({ removals: [] });
    expect(await left()).toHaveLength(RUNS);
  });
});
