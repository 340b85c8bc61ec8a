// Writes a run into the tables, whole or not at all; what was there of the same run is replaced.
import { gzipSync } from 'node:zlib';
import type { Insertable, Transaction } from 'kysely';
import type { StoredCase, StoredLaunch, StoredRun } from '../stored-run.js';
import { removeRows } from './remove-runs.js';
import type { Tables } from './tables.js';

type Writer = Transaction<Tables>;

/** Rows of one statement: a statement of SQLite takes 32,766 values, one of PostgreSQL 65,535. */
const CHUNK = 1000;

/** Saves a run; saving it again changes nothing. */
export async function saveRun(writer: Writer, run: StoredRun): Promise<void> {
  const number = await saveHead(writer, run);
  await removeRows(writer, [number]);
  const cases = await numberCases(writer, run);
  const metrics = await numberMetrics(writer, run);
  const keyed = run.cases.map((each) => ({ each, key: { run_number: number, case_number: known(cases, each.id) } }));
  await insert(
    writer,
    'results',
    keyed.map(({ key }) => key),
  );
  await insert(
    writer,
    'figures',
    keyed.flatMap(({ each, key }) => figureRows(each, metrics).map((row) => ({ ...key, ...row }))),
  );
  await insert(
    writer,
    'launches',
    keyed.flatMap(({ each, key }) =>
      each.launches.map((launch, ordinal) => ({ ...key, ordinal, ...launchRow(launch) })),
    ),
  );
  await insert(
    writer,
    'targets',
    keyed.flatMap(({ each, key }) => each.targets.map((target, ordinal) => ({ ...key, ordinal, ...target }))),
  );
  const profiles = run.profiles.map(({ caseId, ...profile }, ordinal) => ({
    run_number: number,
    ordinal,
    case_id: caseId,
    ...profile,
  }));
  await insert(writer, 'profiles', profiles);
}

/** The row of the run and its environment; returns the run's number. */
async function saveHead(writer: Writer, run: StoredRun): Promise<number> {
  const { fingerprint, machine, commit, load, forgebench, subjects } = run.environment;
  await writer
    .insertInto('environments')
    .values({ fingerprint, machine: JSON.stringify(machine) })
    .onConflict((conflict) => conflict.column('fingerprint').doNothing())
    .execute();
  const row = {
    id: run.id,
    origin: run.origin,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    status: run.status,
    fingerprint,
    commit_id: commit,
    load,
    forgebench,
    subjects: JSON.stringify(subjects),
    record: run.record === null || run.record === undefined ? null : gzipSync(JSON.stringify(run.record)),
  };
  const { number } = await writer
    .insertInto('runs')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

async function numberCases(writer: Writer, { cases }: StoredRun): Promise<Map<string, number>> {
  const rows = cases.map(({ id, benchmark }) => ({ id, benchmark }));
  // In one order, so that two programs that save at the same moment do not wait for each other for ever.
  rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const part of chunks(rows))
    await writer
      .insertInto('cases')
      .values(part)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  const numbers = new Map<string, number>();
  for (const part of chunks(rows)) {
    const ids = part.map(({ id }) => id);
    for (const { id, number } of await writer
      .selectFrom('cases')
      .select(['id', 'number'])
      .where('id', 'in', ids)
      .execute())
      numbers.set(id, number);
  }
  return numbers;
}

async function numberMetrics(writer: Writer, { cases }: StoredRun): Promise<Map<string, number>> {
  const units = new Map(
    cases.flatMap(({ figures }) => Object.entries(figures).map(([name, { unit }]) => [name, unit])),
  );
  const rows = [...units].map(([name, unit]) => ({ name, unit })).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const part of chunks(rows))
    await writer
      .insertInto('metrics')
      .values(part)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
  const numbered = await writer.selectFrom('metrics').select(['name', 'number']).execute();
  return new Map(numbered.map(({ name, number }) => [name, number]));
}

async function insert<T extends keyof Tables & string>(
  writer: Writer,
  table: T,
  rows: readonly Insertable<Tables[T]>[],
): Promise<void> {
  // The signature ties the rows to their table, which the type of `values` cannot follow.
  for (const part of chunks(rows))
    await writer
      .insertInto(table)
      .values(part as never)
      .execute();
}

function figureRows({ figures }: StoredCase, metrics: ReadonlyMap<string, number>) {
  return Object.entries(figures).map(([name, { value, low, high }]) => ({
    metric_number: known(metrics, name),
    value,
    low,
    high,
  }));
}

function launchRow({ position, kind, durationMs, failure, medianNs, samplesNs, latency }: StoredLaunch) {
  const samples = samplesNs.length === 0 ? null : new Uint8Array(Float32Array.from(samplesNs).buffer);
  return {
    position,
    kind,
    duration_ms: durationMs,
    failure,
    median_ns: medianNs,
    samples: samples && Buffer.from(samples),
    latency,
  };
}

function chunks<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, part) =>
    rows.slice(part * CHUNK, (part + 1) * CHUNK),
  );
}

function known(numbers: ReadonlyMap<string, number>, name: string): number {
  const number = numbers.get(name);
  if (number === undefined) throw new Error(`"${name}" was not numbered`);
  return number;
}
