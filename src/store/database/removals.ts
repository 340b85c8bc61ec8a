// Rows of runs that were removed, so that nobody wonders where they are and nobody stores them again.
import type { Kysely, Transaction } from 'kysely';
import type { Removal } from '../store.js';
import type { Tables } from './tables.js';

/** All removals, in their order. */
export async function readRemovals(db: Kysely<Tables>): Promise<Removal[]> {
  const rows = await db.selectFrom('removals').selectAll().orderBy('at').orderBy('run_id').execute();
  return rows.map(({ run_id: run, started_at: startedAt, commit_id: commit, ...row }) => ({
    ...row,
    run,
    startedAt,
    commit,
    what: row.what as Removal['what'],
  }));
}

/** Keeps that runs were removed; the last removal of a run replaces the one before. */
export async function saveRemovals(writer: Transaction<Tables>, removals: readonly Removal[]): Promise<void> {
  for (const { run, startedAt, commit, ...row } of inOneOrder(removals)) {
    const facts = { ...row, started_at: startedAt, commit_id: commit };
    await writer
      .insertInto('removals')
      .values({ ...facts, run_id: run })
      .onConflict((conflict) => conflict.column('run_id').doUpdateSet(facts))
      .execute();
  }
}

/** Two programs that remove the same runs at the same moment would wait for each other for ever in two orders. */
function inOneOrder(removals: readonly Removal[]): Removal[] {
  return [...removals].sort((a, b) => (a.run < b.run ? -1 : 1));
}
