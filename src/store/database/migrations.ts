// The schema, step by step: a step that was published is never changed, a new one is added below it.
import { type CreateTableBuilder, type Kysely, type Migration, sql } from 'kysely';

/** Which database a step runs in: types of numbers and bytes have different names. */
export type Dialect = 'sqlite' | 'postgres';

/** All steps by name, in the order of their names. */
export function migrationsFor(dialect: Dialect): Record<string, Migration> {
  return {
    '001-runs': { up: (db) => createRuns(db, dialect) },
    '002-decisions': { up: (db) => createDecisions(db, dialect) },
  };
}

/** How many steps this program knows, which is the version of the schema. */
export const SCHEMA_VERSION = Object.keys(migrationsFor('sqlite')).length;

async function createRuns(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  for (const create of [createNames, createFigures, createLaunches, createJudgements]) await create(db, dialect);
}

type Builder = CreateTableBuilder<string, string>;

const real = sql`double precision`;
const bytes = (dialect: Dialect) => (dialect === 'sqlite' ? sql`blob` : sql`bytea`);

/** A table whose rows are numbered by the database. */
function numbered(db: Kysely<unknown>, dialect: Dialect, name: string): Builder {
  const table = db.schema.createTable(name) as Builder;
  return dialect === 'sqlite'
    ? table.addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
    : table.addColumn('number', 'serial', (column) => column.primaryKey());
}

/** Rows of SQLite lie in the order of their key, so that what is read together lies together. */
function clustered(table: Builder, dialect: Dialect): Builder {
  return dialect === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table;
}

async function createNames(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('environments')
    .addColumn('fingerprint', 'text', (column) => column.primaryKey())
    .addColumn('machine', 'text', (column) => column.notNull())
    .execute();
  await numbered(db, dialect, 'runs')
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull().references('environments.fingerprint'))
    .addColumn('commit_id', 'text')
    .addColumn('load', real)
    .addColumn('forgebench', 'text')
    .addColumn('subjects', 'text', (column) => column.notNull())
    .addColumn('record', bytes(dialect))
    .execute();
  await numbered(db, dialect, 'cases')
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('benchmark', 'text', (column) => column.notNull())
    .execute();
  await numbered(db, dialect, 'metrics')
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('unit', 'text', (column) => column.notNull())
    .execute();
}

/** A column that names a row elsewhere by its number. */
function reference(table: Builder, column: string, target: string): Builder {
  return table.addColumn(column, 'integer', (each) => each.notNull().references(target));
}

async function createFigures(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const results = reference(db.schema.createTable('results') as Builder, 'run_number', 'runs.number');
  await clustered(reference(results, 'case_number', 'cases.number'), dialect)
    .addPrimaryKeyConstraint('results_key', ['run_number', 'case_number'])
    .execute();
  // No foreign key: each would be looked up for every one of millions of rows, which one function writes and removes.
  const figures = (db.schema.createTable('figures') as Builder)
    .addColumn('case_number', 'integer', (column) => column.notNull())
    .addColumn('metric_number', 'integer', (column) => column.notNull())
    .addColumn('run_number', 'integer', (column) => column.notNull())
    .addColumn('value', real, (column) => column.notNull())
    .addColumn('low', real)
    .addColumn('high', real);
  // In this order the history of a case is one stretch of the table.
  await clustered(figures, dialect)
    .addPrimaryKeyConstraint('figures_key', ['case_number', 'metric_number', 'run_number'])
    .execute();
}

async function createLaunches(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const launches = reference(db.schema.createTable('launches') as Builder, 'run_number', 'runs.number');
  await clustered(reference(launches, 'case_number', 'cases.number'), dialect)
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('duration_ms', real)
    .addColumn('failure', 'text')
    .addColumn('median_ns', real)
    .addColumn('samples', bytes(dialect))
    .addColumn('latency', 'text')
    .addPrimaryKeyConstraint('launches_key', ['run_number', 'case_number', 'ordinal'])
    .execute();
  const profiles = reference(db.schema.createTable('profiles') as Builder, 'run_number', 'runs.number');
  await profiles
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('engine', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('profiles_key', ['run_number', 'ordinal'])
    .execute();
  await db.schema.createIndex('profiles_hash').on('profiles').column('hash').execute();
  await db.schema
    .createTable('contents')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('content', bytes(dialect), (column) => column.notNull())
    .execute();
}

async function createJudgements(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const targets = reference(db.schema.createTable('targets') as Builder, 'run_number', 'runs.number');
  await clustered(reference(targets, 'case_number', 'cases.number'), dialect)
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('targets_key', ['run_number', 'case_number', 'ordinal'])
    .execute();
  const verdicts = reference(db.schema.createTable('verdicts') as Builder, 'run_number', 'runs.number');
  await clustered(reference(verdicts, 'case_number', 'cases.number'), dialect)
    .addColumn('base_id', 'text', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('ratio', real, (column) => column.notNull())
    .addColumn('low', real, (column) => column.notNull())
    .addColumn('high', real, (column) => column.notNull())
    .addPrimaryKeyConstraint('verdicts_key', ['run_number', 'case_number', 'base_id'])
    .execute();
  await db.schema
    .createTable('baselines')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('saved_at', 'text', (column) => column.notNull())
    .execute();
}

/** A table about changes of series, which are named by text: it outlives the runs that they were seen in. */
function aboutChanges(db: Kysely<unknown>, name: string): Builder {
  return (db.schema.createTable(name) as Builder)
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('metric', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull());
}

const CHANGE = ['case_id', 'metric', 'fingerprint', 'run_id'] as const;

async function createDecisions(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await clustered(aboutChanges(db, 'triages'), dialect)
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('magnitude', real, (column) => column.notNull())
    .addPrimaryKeyConstraint('triages_key', [...CHANGE])
    .execute();
  await clustered(aboutChanges(db, 'alerts'), dialect)
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('failure', 'text')
    .addPrimaryKeyConstraint('alerts_key', [...CHANGE, 'kind', 'channel'] as never)
    .execute();
  await db.schema
    .createTable('removals')
    .addColumn('run_id', 'text', (column) => column.primaryKey())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('commit_id', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .execute();
}
