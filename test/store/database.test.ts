// The store, over SQLite and over a real PostgreSQL: what holds of one holds of the other. It stays whole because both are asked
// the same, and starting PostgreSQL for each of several files takes long.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AlertClaim,
  openStore,
  parseStoreLocation,
  type Store,
  type StoredAlert,
  type StoredTriage,
  StoreError,
  type StoreLocation,
  type TriageState,
} from '../../src/store/index.js';
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

const CHANGE = { caseId: 'demo/sum[n=1]', metric: 'p50', fingerprint: '0123', run: 'one' } as const;
const TABLES_OF_LAST_STEP = ['triages', 'alerts', 'removals'];

/** Makes a store one as the forgebench before this one has left it. */
async function undoLastStep(location: StoreLocation): Promise<void> {
  const drops = TABLES_OF_LAST_STEP.map((table) => `drop table ${table}`);
  const forget = "delete from kysely_migration where name = '002-decisions'";
  await alter(location, [...drops, forget], 1);
}

/** Changes tables behind the store's back; the version is SQLite's alone. */
async function alter(location: StoreLocation, statements: readonly string[], version: number): Promise<void> {
  if (location.kind === 'sqlite') {
    const database = new Database(location.file);
    database.exec([...statements, `pragma user_version = ${version}`].join(';'));
    database.close();
    return;
  }
  const client = new pg.Client(location.url);
  await client.connect();
  await client.query(['set search_path to forgebench', ...statements].join(';'));
  await client.end();
}

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

    it('keeps what was decided about a change, the later of two decisions', async () => {
      const triage = (state: TriageState, minute: number): StoredTriage => ({
        ...CHANGE,
        ...{ state, note: 'why', author: 'ada', at: `2026-01-02T03:0${minute}:00.000Z`, magnitude: 0.2 },
      });
      await store.saveTriage(triage('noise', 2));
      await store.saveTriage(triage('accepted', 1));
      const fromNothing = { ...triage('fixed', 0), run: 'another', magnitude: Infinity };
      await store.saveTriage(fromNothing);
      expect(await store.triages()).toEqual([fromNothing, triage('noise', 2)]);
      await store.saveTriage(triage('fixed', 3));
      await store.forgetTriage({ ...CHANGE, run: 'another' });
      expect(await store.triages()).toEqual([triage('fixed', 3)]);
    });

    it('gives an alert to one of many that want to send it, and again where that one failed or died', async () => {
      await store.save(storedRun('one'));
      const others = await Promise.all(Array.from({ length: 4 }, () => openStore(location)));
      const claim = (more: Partial<AlertClaim> = {}): AlertClaim => ({
        ...{
          ...CHANGE,
          kind: 'regression',
          channel: 'team',
          near: ['one', 'next'],
          startedBefore: new Date(0),
          ...more,
        },
      });
      const taken = (await Promise.all(others.map((other) => other.claimAlert(claim())))).filter(Boolean);
      expect(taken).toMatchObject([{ run: 'one', state: 'sending', failure: null }]);
      for (const other of others) await other.close();

      // A commit later the change is seen at the next run, and is the same one.
      expect(await store.claimAlert(claim({ run: 'next' }))).toBeUndefined();
      expect(await store.claimAlert(claim({ channel: 'mail' }))).toMatchObject({ channel: 'mail' });
      const soon = new Date(Date.now() + 60_000);
      expect(await store.claimAlert(claim({ run: 'next', startedBefore: soon }))).toMatchObject({ run: 'one' });

      const [sending] = taken as [StoredAlert];
      const later = (ms: number) => new Date(Date.now() + ms).toISOString();
      await store.saveAlert({ ...sending, state: 'failed', at: later(1), failure: 'nobody answers' });
      expect(await store.claimAlert(claim())).toMatchObject({ run: 'one', failure: null });
      await store.saveAlert({ ...sending, state: 'sent', at: later(1000) });
      expect(await store.claimAlert(claim({ startedBefore: soon }))).toBeUndefined();
      // The clock of whoever sent it is ahead, and the claim holds all the same.
      expect(await store.claimAlert(claim({ sentBefore: soon }))).toMatchObject({ state: 'sending' });
      expect(await store.claimAlert(claim({ sentBefore: soon }))).toBeUndefined();
      expect((await store.alerts()).map(({ channel }) => channel).sort()).toEqual(['mail', 'team']);
    });

    it('remembers which runs were removed, and why', async () => {
      const removal = {
        run: 'one',
        startedAt: '2026-01-02T03:04:05.000Z',
        commit: 'abc',
        at: '2026-02-02T00:00:00.000Z',
      };
      await store.saveRemovals([{ ...removal, what: 'samples', reason: 'older than 30d' }]);
      await store.saveRemovals([
        { ...removal, what: 'run', reason: 'older than 90d' },
        { ...removal, run: 'two', commit: null, what: 'run', reason: 'more than 5 runs' },
      ]);
      expect(await store.removals()).toEqual([
        { ...removal, what: 'run', reason: 'older than 90d' },
        { ...removal, run: 'two', commit: null, what: 'run', reason: 'more than 5 runs' },
      ]);
    });

    it('keeps its runs where an older forgebench has made it', async () => {
      await store.save(storedRun('one'));
      await store.close();
      await undoLastStep(location);
      store = await openStore(location);
      expect(await store.list()).toMatchObject([{ id: 'one' }]);
      await store.saveTriage({
        ...CHANGE,
        state: 'noise',
        note: '',
        author: 'ada',
        at: '2026-01-02T03:00:00.000Z',
        magnitude: 0.2,
      });
      expect(await store.triages()).toHaveLength(1);
    });

    it('is refused where a newer forgebench has written it, and stays as it is', async () => {
      await store.save(storedRun('one'));
      await alter(location, ["insert into kysely_migration values ('003-later', '2030-01-01')"], 3);
      const reason =
        kind === 'PostgreSQL'
          ? 'its schema has "003-later", which this forgebench does not know; update forgebench'
          : 'its version is 3, this forgebench reads up to 2; update forgebench';
      const refused = await openStore(location).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(refused).toBeInstanceOf(StoreError);
      expect((refused as Error).message).toMatch(/^Cannot read the store ".+": /);
      expect((refused as Error).message).toContain(reason);

      await alter(location, ["delete from kysely_migration where name = '003-later'"], 2);
      const again = await openStore(location);
      expect(await again.list()).toMatchObject([{ id: 'one' }]);
      await again.close();
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
