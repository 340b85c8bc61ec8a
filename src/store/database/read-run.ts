// Reads runs back: all of them as a list, or one with everything that is held of it.
import { gunzipSync } from 'node:zlib';
import type { Kysely, Selectable } from 'kysely';
import type { ProfileOfRun, StoredEntry } from '../store.js';
import {
  type Machine,
  STORED_VERSION,
  type StoredCase,
  type StoredLaunch,
  type StoredRun,
  storedRun,
} from '../stored-run.js';
import type { Tables } from './tables.js';

/** All runs without their figures, the oldest first. */
export async function listEntries(db: Kysely<Tables>): Promise<StoredEntry[]> {
  const rows = await db
    .selectFrom('runs')
    .select(['id', 'origin', 'started_at', 'status', 'fingerprint', 'commit_id', 'subjects'])
    .orderBy('started_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    origin: row.origin as StoredEntry['origin'],
    startedAt: row.started_at,
    status: row.status as StoredEntry['status'],
    fingerprint: row.fingerprint,
    commit: row.commit_id,
    subjects: JSON.parse(row.subjects) as Record<string, string>,
  }));
}

/** Columns of a launch without what is large about it. */
const BRIEF = ['case_number', 'position', 'kind', 'duration_ms', 'failure', 'median_ns'] as const;

/**
 * A run with its figures, launches and profiles; undefined where there is none.
 *
 * @param options brief leaves out the record, samples and histograms
 * @throws Error where what is held does not fit the schema: somebody else has changed it
 */
export async function readRun(
  db: Kysely<Tables>,
  id: string,
  { brief } = { brief: false },
): Promise<StoredRun | undefined> {
  const row = await db
    .selectFrom('runs')
    .innerJoin('environments', 'environments.fingerprint', 'runs.fingerprint')
    .selectAll('runs')
    .select('environments.machine')
    .where('runs.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return storedRun.parse({
    version: STORED_VERSION,
    id: row.id,
    origin: row.origin,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    status: row.status,
    environment: {
      fingerprint: row.fingerprint,
      machine: JSON.parse(row.machine) as Machine,
      commit: row.commit_id,
      load: row.load,
      forgebench: row.forgebench,
      subjects: JSON.parse(row.subjects),
    },
    cases: await readCases(db, row.number, brief),
    profiles: await readProfiles(db, row.number),
    record: brief ? null : recordIn(row.record),
  });
}

/** The record of a run alone. */
export async function readRecord(db: Kysely<Tables>, id: string): Promise<unknown> {
  const row = await db.selectFrom('runs').select('record').where('id', '=', id).executeTakeFirst();
  return row && recordIn(row.record);
}

function recordIn(packed: Uint8Array | null): unknown {
  return packed === null ? null : JSON.parse(gunzipSync(packed).toString('utf8'));
}

async function readCases(db: Kysely<Tables>, run: number, brief: boolean): Promise<StoredCase[]> {
  const cases = await db
    .selectFrom('results')
    .innerJoin('cases', 'cases.number', 'results.case_number')
    .select(['cases.number', 'cases.id', 'cases.benchmark'])
    .where('results.run_number', '=', run)
    .orderBy('cases.number')
    .execute();
  const numbers = cases.map(({ number }) => number);
  if (numbers.length === 0) return [];
  const metrics = await db.selectFrom('metrics').selectAll().execute();
  const figures = await db
    .selectFrom('figures')
    .select(['case_number', 'metric_number', 'value', 'low', 'high'])
    .where('case_number', 'in', numbers)
    .where(
      'metric_number',
      'in',
      metrics.map(({ number }) => number),
    )
    .where('run_number', '=', run)
    .execute();
  const inLaunches = db.selectFrom('launches').where('run_number', '=', run).orderBy('case_number').orderBy('ordinal');
  const inTargets = db
    .selectFrom('targets')
    .selectAll()
    .where('run_number', '=', run)
    .orderBy('case_number')
    .orderBy('ordinal');
  const launches = groupByCase(await (brief ? inLaunches.select(BRIEF) : inLaunches.selectAll()).execute());
  const targets = groupByCase(await inTargets.execute());
  const figuresOf = groupByCase(figures);
  const named = new Map(metrics.map(({ number, name, unit }) => [number, { name, unit }]));
  return cases.map(({ number, id, benchmark }) => ({
    id,
    benchmark,
    figures: Object.fromEntries(
      (figuresOf.get(number) ?? []).map(({ metric_number, value, low, high }) => {
        const { name = '', unit = '' } = named.get(metric_number) ?? {};
        return [name, { value, low, high, unit }];
      }),
    ),
    launches: (launches.get(number) ?? []).map(toLaunch),
    targets: (targets.get(number) ?? []).map(({ text, status }) => ({
      text,
      status: status as StoredCase['targets'][number]['status'],
    })),
  }));
}

async function readProfiles(db: Kysely<Tables>, run: number) {
  const rows = await db
    .selectFrom('profiles')
    .select(['case_id as caseId', 'engine', 'kind', 'hash', 'bytes'])
    .where('run_number', '=', run)
    .orderBy('ordinal')
    .execute();
  return rows;
}

/** How many runs one query may name: databases bound the values of a statement. */
const MOST_NAMED = 10_000;

/** The profiles of runs from which flame graphs are made. */
export async function readProfilesOf(db: Kysely<Tables>, runs: readonly string[]): Promise<ProfileOfRun[]> {
  if (runs.length > MOST_NAMED)
    return [
      ...(await readProfilesOf(db, runs.slice(0, MOST_NAMED))),
      ...(await readProfilesOf(db, runs.slice(MOST_NAMED))),
    ];
  if (runs.length === 0) return [];
  const rows = await db
    .selectFrom('profiles')
    .innerJoin('runs', 'runs.number', 'profiles.run_number')
    .select(['runs.id as run', 'case_id as caseId', 'engine', 'kind', 'hash', 'bytes'])
    .where('profiles.kind', '=', 'profile')
    .where('runs.id', 'in', runs)
    .orderBy('profiles.ordinal')
    .execute();
  const places = new Map(runs.map((run, place) => [run, place]));
  return rows.sort((a, b) => (places.get(a.run) ?? 0) - (places.get(b.run) ?? 0));
}

type LaunchRow = Pick<Selectable<Tables['launches']>, (typeof BRIEF)[number]> & Partial<Selectable<Tables['launches']>>;

function toLaunch(row: LaunchRow): StoredLaunch {
  const { position, kind, duration_ms: durationMs, failure, median_ns: medianNs, samples = null, latency = null } = row;
  return {
    position,
    kind: kind as StoredLaunch['kind'],
    durationMs,
    failure,
    medianNs,
    samplesNs: toNumbers(samples),
    latency,
  };
}

/** Copied, because the bytes need not begin where a number may. */
function toNumbers(samples: Uint8Array | null): number[] {
  return samples === null ? [] : Array.from(new Float32Array(Uint8Array.from(new Uint8Array(samples)).buffer));
}

function groupByCase<T extends { case_number: number }>(rows: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(row.case_number);
    if (group) group.push(row);
    else groups.set(row.case_number, [row]);
  }
  return groups;
}

/** What is known of a machine. */
export async function readMachine(db: Kysely<Tables>, fingerprint: string): Promise<Machine | undefined> {
  const row = await db
    .selectFrom('environments')
    .select('machine')
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst();
  return row && (JSON.parse(row.machine) as Machine);
}
