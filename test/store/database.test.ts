// The store, over SQLite and over a real PostgreSQL: what holds of one holds of the other.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore, parseStoreLocation, type Store, type StoreLocation } from '../../src/store/index.js';
import { type PostgresServer, postgresPrograms, startPostgres } from './postgres-server.js';
import { storedCase, storedRun } from './stored-runs.js';

const folder = mkdtempSync(join(tmpdir(), 'forgebench-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let databases = 0;
let server: PostgresServer | undefined;

const KINDS: Record<'SQLite' | 'PostgreSQL', () => StoreLocation> = {
  SQLite: () => parseStoreLocation(`${databases++}/forgebench.db`, folder),
  PostgreSQL: () => parseStoreLocation(server?.createDatabase(`bench${databases++}`), folder),
};

const programs = postgresPrograms();
/** Where `CI=true` promises all of Debian's tools, a missing server is a failure. */
const withPostgres = programs !== undefined || process.env.CI === 'true';

for (const [kind, makeLocation] of Object.entries(KINDS)) {
  describe.skipIf(kind === 'PostgreSQL' && !withPostgres)(`a store of ${kind}`, () => {
    let location: StoreLocation;
    let store: Store;

    beforeAll(async () => {
      if (kind === 'PostgreSQL') server = await startPostgres(programs ?? '/usr/bin');
    });
    afterAll(() => (kind === 'PostgreSQL' ? server?.stop() : undefined));
    beforeEach(async () => {
      location = makeLocation();
      store = await openStore(location);
      return () => store.close();
    });

    it('gives a run back as it was saved', async () => {
      const run = storedRun('one');
      await store.save(run);
      expect(await store.read('one')).toEqual({ ...run, cases: expect.arrayContaining(run.cases) });
      expect(await store.read('two')).toBeUndefined();
    });

    it('gives a run in brief: without its record, samples and histograms', async () => {
      const run = storedRun('one');
      await store.save(run);
      const cases = run.cases.map((each) => ({
        ...each,
        launches: each.launches.map((launch) => ({ ...launch, samplesNs: [], latency: null })),
      }));
      const brief = await store.read('one', { brief: true });
      expect(brief).toEqual({ ...run, record: null, cases: expect.arrayContaining(cases) });
    });

    it('gives the record of a run alone', async () => {
      const run = storedRun('one');
      await store.save(run);
      await store.save(storedRun('imported', { record: null }));
      expect(await store.record('one')).toEqual(run.record);
      expect(await store.record('imported')).toBeNull();
      expect(await store.record('two')).toBeUndefined();
    });

    it('holds a run once, as it was saved last', async () => {
      await store.save(storedRun('one', { status: 'interrupted' }));
      await store.saveVerdicts('one', 'zero', [
        { caseId: 'demo/other', verdict: 'slower', ratio: 1.2, low: 1.1, high: 1.3 },
      ]);
      await store.save(storedRun('one', { cases: [storedCase('demo/other', 60)] }));
      await store.save(storedRun('one', { cases: [storedCase('demo/other', 60)] }));
      expect(await store.list()).toMatchObject([{ id: 'one', status: 'finished', commit: 'abc' }]);
      expect((await store.read('one'))?.cases).toEqual([storedCase('demo/other', 60)]);
      expect(await store.runsWithVerdict()).toEqual(new Set(['one']));
    });

    it('gives the figures of a case in the order of time, each machine for itself', async () => {
      const here = (id: string, day: number, p50: number) =>
        storedRun(id, { p50, startedAt: `2026-01-0${day}T00:00:00.000Z` });
      await store.save(here('late', 3, 103));
      await store.save(here('early', 1, 101));
      const elsewhere = here('elsewhere', 2, 500);
      await store.save({ ...elsewhere, environment: { ...elsewhere.environment, fingerprint: '4567' } });
      const query = { metric: 'p50', cases: ['demo/sum[n=1]'] };
      const values = async (more = {}) =>
        (await store.series({ ...query, ...more })).map(({ points }) => points.map(({ value }) => value)).sort();
      expect(await values()).toEqual([[101, 103], [500]]);
      expect(await values({ fingerprint: '0123' })).toEqual([[101, 103]]);
      const [series] = await store.series({ ...query, fingerprint: '4567' });
      expect(series).toMatchObject({
        unit: 'ns',
        points: [{ value: 500, low: 499, high: 501, run: { id: 'elsewhere' } }],
      });
      expect((await store.series({ metric: 'allocations' })).map(({ caseId }) => caseId).sort()).toEqual([
        'demo/other',
        'demo/other',
        'demo/sum[n=1]',
        'demo/sum[n=1]',
      ]);
      expect(await store.series({ metric: 'nothing' })).toEqual([]);
      expect(await store.cases()).toEqual(['demo/other', 'demo/sum[n=1]']);
      expect(await store.metrics()).toEqual(['allocations', 'p50']);
      expect(await store.machine('4567')).toMatchObject({ kernel: '6.1' });
    });

    it('removes runs with all that belongs to them, and no others', async () => {
      for (const id of ['one', 'two']) await store.save(storedRun(id));
      await store.saveVerdicts('one', 'two', [
        { caseId: 'demo/other', verdict: 'same', ratio: 1, low: 0.9, high: 1.1 },
      ]);
      await store.remove(['one', 'absent']);
      expect((await store.list()).map(({ id }) => id)).toEqual(['two']);
      const [series] = await store.series({ metric: 'p50', cases: ['demo/other'] });
      expect(series?.points.map(({ run }) => run.id)).toEqual(['two']);
      expect(await store.read('two')).toMatchObject({ cases: [{ launches: [{}, {}] }, {}] });
    });

    it('thins runs to their figures', async () => {
      await store.save(storedRun('one'));
      await store.thin(['one']);
      expect((await store.read('one'))?.cases).toMatchObject([
        { id: 'demo/other', figures: { p50: { value: 50 } }, launches: [] },
        { id: 'demo/sum[n=1]', figures: { p50: { value: 100 } }, launches: [] },
      ]);
    });

    it('keeps the content of a profile once, and only while a run has it', async () => {
      const file = join(folder, 'stacks.folded');
      writeFileSync(file, 'main;work 3\n');
      const hash = createHash('sha256').update('main;work 3\n').digest('hex');
      const profile = { caseId: 'demo/other', engine: 'flame', kind: 'folded', hash, bytes: 12 };
      for (const id of ['one', 'two']) await store.save(storedRun(id, { profiles: [profile] }));
      await store.keepProfile(file);
      await store.keepProfile(file);
      expect((await store.readProfile(hash))?.toString()).toBe('main;work 3\n');
      expect(await store.readProfile('0'.repeat(64))).toBeUndefined();
      await store.remove(['one']);
      expect(await store.sweepProfiles()).toBe(0);
      await store.remove(['two']);
      expect(await store.sweepProfiles()).toBe(1);
      expect(await store.readProfile(hash)).toBeUndefined();
    });

    it('tells the profiles of some runs that flame graphs are made from, in the order of the runs', async () => {
      const common = { caseId: 'demo/other', engine: 'cpu', bytes: 12 };
      const profile = (kind: string, digit: string) => ({ ...common, kind, hash: digit.repeat(64) });
      const stored = {
        one: [profile('folded', '1'), profile('profile', '2')],
        two: [profile('profile', '3')],
        three: [],
      };
      for (const [id, profiles] of Object.entries(stored)) await store.save(storedRun(id, { profiles }));
      expect(await store.profiles(['two', 'three', 'one', 'never'])).toEqual([
        { run: 'two', ...profile('profile', '3') },
        { run: 'one', ...profile('profile', '2') },
      ]);
      expect(await store.profiles([])).toEqual([]);
    });

    it('remembers which run a baseline names', async () => {
      for (const id of ['one', 'two']) await store.save(storedRun(id));
      await store.nameBaseline('main', 'one');
      await store.nameBaseline('main', 'two');
      expect(await store.baselines()).toMatchObject([{ name: 'main', run: 'two' }]);
      await store.forgetBaseline('main');
      expect(await store.baselines()).toEqual([]);
    });

    it('takes runs from several connections at the same moment', async () => {
      const others = await Promise.all(Array.from({ length: 4 }, () => openStore(location)));
      const saves = others.flatMap((other, who) =>
        Array.from({ length: 5 }, (_, turn) =>
          other.save(
            storedRun(`${who}-${turn}`, { cases: [storedCase(`demo/${turn}`, 1), storedCase(`demo/${9 - turn}`, 2)] }),
          ),
        ),
      );
      await Promise.all(saves);
      for (const other of others) await other.close();
      expect(await store.list()).toHaveLength(20);
      expect((await store.series({ metric: 'p50' })).reduce((sum, { points }) => sum + points.length, 0)).toBe(40);
    });

    it('is made once where several come first at the same moment', async () => {
      const fresh = makeLocation();
      const opened = await Promise.all(Array.from({ length: 4 }, () => openStore(fresh)));
      await opened[0]?.save(storedRun('one'));
      expect(await opened[3]?.list()).toHaveLength(1);
      for (const each of opened) await each.close();
    });
  });
}
