// What comparisons said of runs.
import type { Kysely, Transaction } from 'kysely';
import type { StoredVerdict } from '../store.js';
import type { Tables } from './tables.js';

/** A comparison of a run with the one that is called base. */
interface Comparison {
  run: string;
  base: string;
  verdicts: readonly StoredVerdict[];
}

/** Keeps the verdicts on a run; nothing where the run is not stored. */
export async function saveVerdicts(writer: Transaction<Tables>, { run, base, verdicts }: Comparison): Promise<void> {
  const cases = await writer
    .selectFrom('results')
    .innerJoin('runs', 'runs.number', 'results.run_number')
    .innerJoin('cases', 'cases.number', 'results.case_number')
    .select(['results.run_number', 'results.case_number', 'cases.id'])
    .where('runs.id', '=', run)
    .execute();
  const byId = new Map(cases.map(({ id, ...key }) => [id, key]));
  const rows = verdicts.flatMap(({ caseId, verdict, ratio, low, high }) => {
    const key = byId.get(caseId);
    return key === undefined ? [] : [{ ...key, base_id: base, verdict, ratio, low, high }];
  });
  for (const row of rows)
    await writer
      .insertInto('verdicts')
      .values(row)
      .onConflict((conflict) => conflict.columns(['run_number', 'case_number', 'base_id']).doUpdateSet(row))
      .execute();
}

/** Runs of which a comparison said that a case is slower or faster. */
export async function runsWithVerdict(db: Kysely<Tables>): Promise<Set<string>> {
  const rows = await db
    .selectFrom('verdicts')
    .innerJoin('runs', 'runs.number', 'verdicts.run_number')
    .select('runs.id')
    .where('verdicts.verdict', 'in', ['slower', 'faster'])
    .distinct()
    .execute();
  return new Set(rows.map(({ id }) => id));
}
