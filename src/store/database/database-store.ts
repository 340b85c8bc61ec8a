// The store over either database: one set of queries, and errors that say what to do.
import { dirname, join } from 'node:path';
import { type Kysely, sql, type Transaction } from 'kysely';
import { describeLocation, type StoreLocation } from '../location.js';
import type { Store } from '../store.js';
import { claimAlert, readAlerts, saveAlert } from './alerts.js';
import { explainError } from './explain-error.js';
import type { Dialect } from './migrations.js';
import { openPostgres } from './open-postgres.js';
import { openSqlite } from './open-sqlite.js';
import { contentsInFolder, contentsInTable, type ProfileContents } from './profile-contents.js';
import { listEntries, readMachine, readProfilesOf, readRecord, readRun } from './read-run.js';
import { readSeries } from './read-series.js';
import { readRemovals, saveRemovals } from './removals.js';
import { removeRuns, thinRuns } from './remove-runs.js';
import { retryBusy } from './retry-busy.js';
import { saveRun } from './save-run.js';
import type { Tables } from './tables.js';
import { readTriages, removeTriage, saveTriage } from './triages.js';
import { runsWithVerdict, saveVerdicts } from './verdicts.js';

/** Runs that are removed in one transaction. */
const PART = 500;

interface Opened {
  db: Kysely<Tables>;
  dialect: Dialect;
  contents: ProfileContents;
  place: string;
}

/** Opens the store at a location, and makes it where there is none. */
export async function openDatabaseStore(location: StoreLocation): Promise<Store> {
  const place = describeLocation(location);
  const db = await retryBusy(() => open(location, place)).catch((error: unknown) => {
    throw explainError(`Cannot open the store "${place}"`, error);
  });
  const contents =
    location.kind === 'sqlite' ? contentsInFolder(join(dirname(location.file), 'profiles')) : contentsInTable(db);
  return storeOver({ db, dialect: location.kind, contents, place });
}

function open(location: StoreLocation, place: string): Promise<Kysely<Tables>> {
  return location.kind === 'sqlite' ? openSqlite(location.file) : openPostgres(location.url, place);
}

function storeOver({ db, dialect, contents, place }: Opened): Store {
  const reading = guarded(`Cannot read the store "${place}"`);
  const changing = guarded(`Cannot write to the store "${place}"`);
  const writing: Writing = (work) => changing(() => db.transaction().execute(work));
  return {
    place,
    save: (run) => writing((writer) => saveRun(writer, run)),
    list: () => reading(() => listEntries(db)),
    read: (id, options) => reading(() => readRun(db, id, options)),
    record: (id) => reading(() => readRecord(db, id)),
    series: (query) => reading(() => readSeries(db, dialect, query)),
    cases: () => reading(async () => (await db.selectFrom('cases').select('id').execute()).map(({ id }) => id).sort()),
    profiles: (runs) => reading(() => readProfilesOf(db, runs)),
    metrics: () =>
      reading(async () => (await db.selectFrom('metrics').select('name').execute()).map(({ name }) => name).sort()),
    machine: (fingerprint) => reading(() => readMachine(db, fingerprint)),
    remove: (ids) => inParts(ids, (part) => writing((writer) => removeRuns(writer, part))),
    thin: (ids) => inParts(ids, (part) => writing((writer) => thinRuns(writer, part))),
    keepProfile: (file) => changing(() => contents.keep(file)),
    readProfile: (hash) => reading(() => contents.read(hash)),
    sweepProfiles: () =>
      changing(async () => {
        const used = await db.selectFrom('profiles').select('hash').distinct().execute();
        return contents.sweep(new Set(used.map(({ hash }) => hash)));
      }),
    ...baselinesOver(db, { reading, writing }),
    saveVerdicts: (run, base, verdicts) => writing((writer) => saveVerdicts(writer, { run, base, verdicts })),
    runsWithVerdict: () => reading(() => runsWithVerdict(db)),
    ...decisionsOver(db, { reading, writing }),
    close: () => close(db, dialect),
  };
}

/**
 * Closes a file of SQLite with all that was written in the file itself and not in the log beside it, so that a copy of it
 * is whole. Where somebody else is reading, they do this.
 */
async function close(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  if (dialect === 'sqlite') await sql`pragma wal_checkpoint(truncate)`.execute(db).catch(() => undefined);
  await db.destroy();
}

/** Does something in one transaction: whole or not at all. */
type Writing = <T>(work: (writer: Transaction<Tables>) => Promise<T>) => Promise<T>;

interface Guards {
  reading: ReturnType<typeof guarded>;
  writing: Writing;
}

/** Part by part, so that others can write in between. */
async function inParts(ids: readonly string[], work: (part: readonly string[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < ids.length; from += PART) await work(ids.slice(from, from + PART));
}

function baselinesOver(db: Kysely<Tables>, { reading, writing }: Guards) {
  return {
    nameBaseline: (name: string, run: string) =>
      writing(async (writer) => {
        const row = { run_id: run, saved_at: new Date().toISOString() };
        await writer
          .insertInto('baselines')
          .values({ name, ...row })
          .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
          .execute();
      }),
    forgetBaseline: (name: string) =>
      writing(async (writer) => {
        await writer.deleteFrom('baselines').where('name', '=', name).execute();
      }),
    baselines: () =>
      reading(() =>
        db.selectFrom('baselines').select(['name', 'run_id as run', 'saved_at as savedAt']).orderBy('name').execute(),
      ),
  };
}

type Decisions = Pick<
  Store,
  'triages' | 'saveTriage' | 'forgetTriage' | 'alerts' | 'saveAlert' | 'claimAlert' | 'removals' | 'saveRemovals'
>;

function decisionsOver(db: Kysely<Tables>, { reading, writing }: Guards): Decisions {
  return {
    triages: () => reading(() => readTriages(db)),
    saveTriage: (triage) => writing((writer) => saveTriage(writer, triage)),
    forgetTriage: (change) => writing((writer) => removeTriage(writer, change)),
    alerts: () => reading(() => readAlerts(db)),
    saveAlert: (alert) => writing((writer) => saveAlert(writer, alert)),
    claimAlert: (claim) => writing((writer) => claimAlert(writer, claim, new Date())),
    removals: () => reading(() => readRemovals(db)),
    saveRemovals: (removals) => writing((writer) => saveRemovals(writer, removals)),
  };
}

/** Lets every error of the database say what failed where, and what to do. */
function guarded(action: string) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await retryBusy(work);
    } catch (error) {
      throw explainError(action, error);
    }
  };
}
