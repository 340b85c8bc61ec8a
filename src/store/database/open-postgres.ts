// A database of PostgreSQL that a team shares: tables in a schema of their own, brought to the newest version.
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { StoreError } from '../store-error.js';
import { migrationsFor } from './migrations.js';
import type { Tables } from './tables.js';

/** Tables lie in this schema, so that a database may serve other programs too. */
const SCHEMA = 'forgebench';
/** A server that does not answer must not hold up a run that is done, milliseconds. */
const CONNECT_MS = 5_000;
const STATEMENT_MS = 60_000;

/**
 * Connects to a database and makes its tables where they are missing.
 *
 * @param shown the URL without its password, for messages
 * @throws StoreError where a newer forgebench has written it
 */
export async function openPostgres(url: string, shown: string): Promise<Kysely<Tables>> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    application_name: 'forgebench',
    // A connection that nobody uses any more must not keep the program from ending.
    allowExitOnIdle: true,
  });
  pool.on('connect', (client) => void client.query(`set search_path to ${SCHEMA}`).catch(() => undefined));
  // The query that a lost connection fails says so itself.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    if (!(await isCurrent(db, shown))) await migrate(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Whether every step was made; whoever knows more steps than we is newer. */
async function isCurrent(db: Kysely<Tables>, shown: string): Promise<boolean> {
  const known = Object.keys(migrationsFor('postgres'));
  const { rows: tables } = await sql<{
    found: string | null;
  }>`select to_regclass('kysely_migration')::text as found`.execute(db);
  if (!tables[0]?.found) return false;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const newer = rows.find(({ name }) => !known.includes(name));
  if (newer)
    throw new StoreError(
      `Cannot read the store "${shown}": its schema has "${newer.name}", which this forgebench does not know; update forgebench`,
    );
  return rows.length === known.length;
}

/** Kysely lets one program at a time do this, by a lock of the database. */
async function migrate(db: Kysely<Tables>): Promise<void> {
  await createSchema(db);
  const provider = { getMigrations: async () => migrationsFor('postgres') };
  const { error } = await new Migrator({ db, provider, migrationTableSchema: SCHEMA }).migrateToLatest();
  if (error) throw error;
}

/** Two programs that come at the same moment may both find it missing, and one of them is told that it exists. */
async function createSchema(db: Kysely<Tables>): Promise<void> {
  try {
    await db.schema.createSchema(SCHEMA).ifNotExists().execute();
  } catch (error) {
    if (!['23505', '42P06'].includes((error as { code?: string }).code ?? '')) throw error;
  }
}
