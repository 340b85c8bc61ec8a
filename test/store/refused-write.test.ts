// What a store of SQLite writes while another connection holds the lock: it waits, and then it is there for all.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/store/index.js';
import { storedRun } from './stored-runs.js';

let folder: string;
let store: Store;
let other: Database.Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refused-'));
  const file = join(folder, 'forgebench.db');
  store = await openStore({ kind: 'sqlite', file });
  await store.save(storedRun('known'));
  other = new Database(file, { timeout: 0 });
});
afterEach(async () => {
  other.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('a write that was refused at first', () => {
  const writes: Record<string, () => Promise<void>> = {
    'a run': () => store.save(storedRun('new')),
    'a baseline': () => store.nameBaseline('main', 'known'),
    'a removal': () => store.remove(['known']),
    verdicts: () =>
      store.saveVerdicts('known', 'base', [{ caseId: 'demo/a', verdict: 'slower', ratio: 1.1, low: 1, high: 1.2 }]),
  };

  it.each(Object.keys(writes))('lets others write once %s is said to be stored', async (what) => {
    other.exec('begin immediate');
    const written = writes[what]?.();
    await setTimeout(100);
    other.exec('commit');
    await written;
    other.exec('begin immediate; commit');
  });

  it('is seen by others once it is said to be stored', async () => {
    other.exec('begin immediate');
    const written = store.nameBaseline('main', 'known');
    await setTimeout(100);
    other.exec('commit');
    await written;
    expect(other.prepare('select name from baselines').all()).toEqual([{ name: 'main' }]);
  });
});
