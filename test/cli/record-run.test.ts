// A finished run in the store, and what is said where something goes wrong.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EXIT } from '../../src/cli/exit-code.js';
import { recordRun } from '../../src/cli/record-run.js';
import { openStore, type StoreLocation } from '../../src/store/index.js';
import { runOf } from '../report/run-of.js';

const root = mkdtempSync(join(tmpdir(), 'forgebench-record-run-'));
const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
afterEach(() => {
  stderr.mockRestore();
  rmSync(root, { recursive: true, force: true });
});

describe('a run that was measured', () => {
  it('is said to be stored where only what follows fails', async () => {
    const location: StoreLocation = { kind: 'sqlite', file: join(root, 'runs.db') };
    const record = runOf('one', { 'demo/sum': 100 });
    mkdirSync(join(root, '.forgebench'));
    // Retention looks there for runs that are to stay.
    writeFileSync(join(root, '.forgebench', 'baselines'), '');
    const code = await recordRun(location, {
      ...{ root, record, records: [], folder: join(root, '.forgebench', 'runs', 'one') },
      configuration: { retention: { keep: 0 } } as Parameters<typeof recordRun>[1]['configuration'],
    });
    expect(code).toBe(EXIT.failed);
    expect(stderr.mock.calls.join('')).toMatch(/^Warning: ENOTDIR.*\nThe run is stored; what "alerts" and "retention"/);
    const store = await openStore(location);
    expect(await store.list()).toMatchObject([{ id: 'one' }]);
    await store.close();
  });
});
