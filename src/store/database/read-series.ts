// Reads a figure over all runs, case by case.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Series, SeriesPoint, SeriesQuery } from '../store.js';
import type { Dialect } from './migrations.js';
import { listEntries } from './read-run.js';
import type { Tables } from './tables.js';

/** What one row holds: all points of a case, since reading a row for each point takes four times as long. */
interface Row {
  id: string;
  runs: string | number[];
  values: string | number[];
  lows: string | (number | null)[];
  highs: string | (number | null)[];
}

/** The series of a metric: one for each case and machine, points in the order in which their runs started. */
export async function readSeries(db: Kysely<Tables>, dialect: Dialect, query: SeriesQuery): Promise<Series[]> {
  const metric = await db.selectFrom('metrics').selectAll().where('name', '=', query.metric).executeTakeFirst();
  if (metric === undefined) return [];
  const entries = new Map((await listEntries(db)).slice(-(query.last ?? 0)).map((entry) => [entry.id, entry]));
  const numbers = await db.selectFrom('runs').select(['number', 'id']).execute();
  const runs = new Map(numbers.map(({ number, id }) => [number, entries.get(id)]));
  // Numbers follow the order in which runs were stored, so that the first one of the last runs bounds what is read.
  const lowest = numbers.reduce(
    (least, { number, id }) => (entries.has(id) ? Math.min(least, number) : least),
    Number.POSITIVE_INFINITY,
  );
  if (entries.size === 0) return [];
  const rows = await readRows(db, { dialect, metric: metric.number, cases: query.cases, from: lowest });
  return rows.flatMap((row) => {
    const [values, lows, highs] = [toArray(row.values), toArray(row.lows), toArray(row.highs)];
    const points = toArray(row.runs).flatMap((number, index): SeriesPoint[] => {
      const run = runs.get(number as number);
      // A run that is not among the last, or was removed between both queries.
      if (run === undefined || (query.fingerprint !== undefined && run.fingerprint !== query.fingerprint)) return [];
      return [{ run, value: values[index] as number, low: lows[index] ?? null, high: highs[index] ?? null }];
    });
    return byMachine(points).map((its) => ({ caseId: row.id, metric: metric.name, unit: metric.unit, points: its }));
  });
}

async function readRows(
  db: Kysely<Tables>,
  {
    dialect,
    metric,
    cases,
    from,
  }: { dialect: Dialect; metric: number; cases: readonly string[] | undefined; from: number },
): Promise<Row[]> {
  const list = <T>(column: string): RawBuilder<T> =>
    dialect === 'sqlite' ? sql<T>`json_group_array(${sql.ref(column)})` : sql<T>`json_agg(${sql.ref(column)})`;
  const all = db
    .selectFrom('cases')
    // A cross join of SQLite keeps its order: case by case, each one stretch of the key, instead of all figures once.
    .crossJoin('figures')
    .whereRef('figures.case_number', '=', 'cases.number')
    .select(['cases.id'])
    .select([
      list<Row['runs']>('figures.run_number').as('runs'),
      list<Row['values']>('figures.value').as('values'),
      list<Row['lows']>('figures.low').as('lows'),
      list<Row['highs']>('figures.high').as('highs'),
    ])
    .where('figures.metric_number', '=', metric)
    .where('figures.run_number', '>=', from)
    .groupBy(['cases.number', 'cases.id'])
    .orderBy('cases.number');
  if (cases === undefined) return all.execute();
  return cases.length === 0 ? [] : all.where('cases.id', 'in', cases).execute();
}

function toArray<T>(list: string | T[]): T[] {
  return typeof list === 'string' ? (JSON.parse(list) as T[]) : list;
}

function byMachine(points: readonly SeriesPoint[]): SeriesPoint[][] {
  const machines = new Map<string, SeriesPoint[]>();
  for (const point of points) {
    const its = machines.get(point.run.fingerprint);
    if (its) its.push(point);
    else machines.set(point.run.fingerprint, [point]);
  }
  const inOrder = (a: SeriesPoint, b: SeriesPoint) =>
    a.run.startedAt < b.run.startedAt || (a.run.startedAt === b.run.startedAt && a.run.id < b.run.id) ? -1 : 1;
  return [...machines.values()].map((its) => its.sort(inOrder));
}
