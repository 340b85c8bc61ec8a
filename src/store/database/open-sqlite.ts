// A file of SQLite: opened so that several programs may write to it, checked, and brought to the newest schema.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Driver, Kysely, Migrator, SqliteDialect } from 'kysely';
import Database from 'libsql';
import { StoreError } from '../store-error.js';
import { migrationsFor, SCHEMA_VERSION } from './migrations.js';
import type { Tables } from './tables.js';

/** `forg` in ASCII, in the header of the file: tells our files from those of other programs. */
const APPLICATION_ID = 0x666f7267;

/**
 * Opens a file, or makes it.
 *
 * @throws StoreError where another program or a newer forgebench has written it
 */
export async function openSqlite(file: string): Promise<Kysely<Tables>> {
  makeFolder(dirname(file));
  // It does not wait for other writers, which would stop this program: `retryBusy` does.
  const database = new Database(file, { timeout: 0 });
  try {
    if (checkOwner(database, file) < SCHEMA_VERSION) await migrate(database, file);
    // A commit in the log is whole after a crash of this program; only a power cut may take the last ones.
    database.exec('pragma synchronous = normal; pragma foreign_keys = on');
    return toKysely(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Folder by folder: Node's recursive mkdir never returns where the kernel refuses with ENOENT, as below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // Another program was first.
  }
}

/** One program at a time changes the schema; who waited finds it done. */
async function migrate(database: Database.Database, file: string): Promise<void> {
  // Readers go on while one program writes. It cannot be set within a transaction, and is kept in the file.
  database.exec('pragma journal_mode = wal');
  database.exec('begin immediate');
  try {
    if (checkOwner(database, file) < SCHEMA_VERSION) {
      const provider = { getMigrations: async () => migrationsFor('sqlite') };
      const { error } = await new Migrator({
        db: toKysely(database),
        provider,
        disableTransactions: true,
      }).migrateToLatest();
      if (error) throw error;
      database.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = ${SCHEMA_VERSION}`);
    }
    database.exec('commit');
  } catch (error) {
    if (database.inTransaction) database.exec('rollback');
    throw error;
  }
}

/**
 * The version of the file's schema, 0 where it is new.
 *
 * @throws StoreError where it is not ours, or newer than we are
 */
function checkOwner(database: Database.Database, file: string): number {
  const version = read(database, 'user_version');
  const isOurs = read(database, 'application_id') === APPLICATION_ID;
  const [{ tables }] = database.prepare('select count(*) as tables from sqlite_schema').all() as [{ tables: number }];
  if (!isOurs && (tables > 0 || version !== 0))
    throw new StoreError(`Cannot use "${file}" as the store: it is the database of another program; name another file`);
  if (version > SCHEMA_VERSION)
    throw new StoreError(
      `Cannot read the store "${file}": its version is ${version}, this forgebench reads up to ${SCHEMA_VERSION}; update forgebench, or name another file with --store`,
    );
  return version;
}

function read(database: Database.Database, pragma: string): number {
  return Number(Object.values((database.pragma(pragma) as Record<string, number>[])[0] ?? {})[0]);
}

function toKysely(database: Database.Database): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new WritingDialect(database) });
}

/**
 * Takes the lock for writing as a transaction begins, by a statement that does not outlive its refusal. A prepared one that is
 * refused stands, for the library, until its memory is collected: the next thing that this connection writes is not
 * committed until then, and nobody else can write.
 */
class WritingDialect extends SqliteDialect {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    const driver = super.createDriver();
    driver.beginTransaction = async () => void this.#database.exec('begin immediate');
    return driver;
  }
}
