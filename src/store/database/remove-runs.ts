// Removes runs, or only what is large about them.
import type { Transaction } from 'kysely';
import type { Tables } from './tables.js';

/**
 * Removes these runs and all that belongs to them; names that no run has are no error.
 *
 * @param ids ids of at most some hundred runs
 */
export async function removeRuns(writer: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  const numbers = await lockRuns(writer, ids);
  if (numbers.length === 0) return;
  await removeRows(writer, numbers);
  await writer.deleteFrom('verdicts').where('run_number', 'in', numbers).execute();
  await writer.deleteFrom('runs').where('number', 'in', numbers).execute();
}

/** Removes launches and profiles of these runs; their figures stay, so that no history gets a gap. */
export async function thinRuns(writer: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  const numbers = await lockRuns(writer, ids);
  if (numbers.length === 0) return;
  for (const table of ['launches', 'profiles'] as const)
    await writer.deleteFrom(table).where('run_number', 'in', numbers).execute();
}

/** On a server a run that is being saved again waits until it is removed, and the other way about. */
async function lockRuns(writer: Transaction<Tables>, ids: readonly string[]): Promise<number[]> {
  const rows = await writer
    .updateTable('runs')
    .set((row) => ({ id: row.ref('id') }))
    .where('id', 'in', ids)
    .returning('number')
    .execute();
  return rows.map(({ number }) => number);
}

/** Removes what belongs to these runs, but for their rows in `runs` and what was decided about them. */
export async function removeRows(writer: Transaction<Tables>, numbers: readonly number[]): Promise<void> {
  // Named by the whole key, each figure is found without looking through all others.
  await writer
    .deleteFrom('figures')
    .where('case_number', 'in', (each) =>
      each.selectFrom('results').select('case_number').where('run_number', 'in', numbers).distinct(),
    )
    .where('metric_number', 'in', (each) => each.selectFrom('metrics').select('number'))
    .where('run_number', 'in', numbers)
    .execute();
  for (const table of ['results', 'launches', 'targets', 'profiles'] as const)
    await writer.deleteFrom(table).where('run_number', 'in', numbers).execute();
}
