// Rows of what people decided about changes.
import type { Kysely, Transaction } from 'kysely';
import type { ChangeKey, StoredTriage } from '../stored-triage.js';
import type { Tables } from './tables.js';

/** All decisions, in the order in which they were made. */
export async function readTriages(db: Kysely<Tables>): Promise<StoredTriage[]> {
  const rows = await db.selectFrom('triages').selectAll().orderBy('at').orderBy('case_id').execute();
  return rows.map(({ case_id: caseId, run_id: run, ...row }) => ({
    ...row,
    caseId,
    run,
    state: row.state as StoredTriage['state'],
  }));
}

/** Keeps a decision; of two about one change the later one stays, in whichever order they come. */
export async function saveTriage(writer: Transaction<Tables>, triage: StoredTriage): Promise<void> {
  const { caseId, run, ...row } = triage;
  await writer
    .insertInto('triages')
    .values({ ...row, case_id: caseId, run_id: run })
    .onConflict((conflict) =>
      conflict
        .columns(['case_id', 'metric', 'fingerprint', 'run_id'])
        .doUpdateSet(row)
        .where('triages.at', '<=', row.at),
    )
    .execute();
}

/** Forgets the decision about a change. */
export async function removeTriage(
  writer: Transaction<Tables>,
  { caseId, metric, fingerprint, run }: ChangeKey,
): Promise<void> {
  await writer
    .deleteFrom('triages')
    .where('case_id', '=', caseId)
    .where('metric', '=', metric)
    .where('fingerprint', '=', fingerprint)
    .where('run_id', '=', run)
    .execute();
}
