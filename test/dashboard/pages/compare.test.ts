// The page on which two runs are compared.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { comparePage } from '../../../src/dashboard/pages/compare.js';
import type { Store, StoredRun } from '../../../src/store/index.js';
import { type FilledStore, fillStore, runId } from '../filled-store.js';

let filled: FilledStore;
beforeAll(async () => {
  filled = await fillStore();
});
afterAll(() => filled.remove());

/** The page of two runs, of which the second has further cases. */
async function pageWith(further: number): Promise<string> {
  const names = { base: runId(20), head: runId(36) };
  const more = (run: StoredRun) =>
    Array.from({ length: further }, (_, index) => ({
      ...(run.cases[0] as StoredRun['cases'][0]),
      id: `demo/further-${index}`,
    }));
  const read: Store['read'] = async (id, options) => {
    const run = await filled.store.read(id, options);
    return run && id === names.head ? { ...run, cases: [...run.cases, ...more(run)] } : run;
  };
  const store = { list: () => filled.store.list(), read } as Partial<Store> as Store;
  const request = { store, query: (name: string) => names[name as keyof typeof names] };
  return String(await comparePage(request as Parameters<typeof comparePage>[0]));
}

it('names the cases of one run alone, and counts them where they are many', async () => {
  expect(await pageWith(0)).not.toContain('Only in');
  expect(await pageWith(2)).toContain('Only in head: demo/further-0, demo/further-1.');
  const many = await pageWith(60);
  expect(many).toContain('demo/further-4, and 55 more.');
  expect(many.slice(0, many.indexOf('and 55 more'))).not.toContain('demo/further-5');
});
