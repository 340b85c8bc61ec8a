// Rows of what was told to whom. An alert is claimed before it is sent, so that two programs never send the same one.
import type { Kysely, Transaction } from 'kysely';
import { isTold, sameAlerts } from '../is-told.js';
import type { AlertClaim, StoredAlert } from '../stored-alert.js';
import type { Tables } from './tables.js';

/** All alerts, in the order of their last change of state. */
export async function readAlerts(db: Kysely<Tables>): Promise<StoredAlert[]> {
  const rows = await db.selectFrom('alerts').selectAll().orderBy('at').orderBy('case_id').orderBy('channel').execute();
  return rows.map(toAlert);
}

/** Keeps an alert; of two states of the same one the later one stays, in whichever order they come. */
export function saveAlert(writer: Transaction<Tables>, alert: StoredAlert): Promise<void> {
  return writeAlert(writer, alert, { inPlaceOfLater: false });
}

async function writeAlert(
  writer: Transaction<Tables>,
  { caseId, run, ...row }: StoredAlert,
  { inPlaceOfLater }: { inPlaceOfLater: boolean },
): Promise<void> {
  await writer
    .insertInto('alerts')
    .values({ ...row, case_id: caseId, run_id: run })
    .onConflict((conflict) => {
      const update = conflict
        .columns(['case_id', 'metric', 'fingerprint', 'run_id', 'kind', 'channel'])
        .doUpdateSet(row);
      return inPlaceOfLater ? update : update.where('alerts.at', '<=', row.at);
    })
    .execute();
}

/**
 * Takes an alert, so that nobody else sends it.
 *
 * @returns the alert, under the run that it is kept by; nothing where it was sent, or is being sent by somebody else
 */
export async function claimAlert(
  writer: Transaction<Tables>,
  claim: AlertClaim,
  now: Date,
): Promise<StoredAlert | undefined> {
  await waitForTurn(writer, claim.caseId);
  const held = sameAlerts(claim, await alertsOfCase(writer, claim.caseId));
  if (isTold(claim, held)) return undefined;
  const { near: _near, startedBefore: _started, sentBefore: _sent, ...alert } = claim;
  const taken: StoredAlert = {
    ...alert,
    run: held[0]?.run ?? claim.run,
    state: 'sending',
    at: now.toISOString(),
    failure: null,
  };
  // A machine whose clock is ahead may have written a state that is later than now.
  await writeAlert(writer, taken, { inPlaceOfLater: true });
  return taken;
}

/** Whoever comes at the same moment waits here: without a row to lock, both would find nothing and both would insert. */
async function waitForTurn(writer: Transaction<Tables>, caseId: string): Promise<void> {
  await writer
    .updateTable('cases')
    .set((row) => ({ id: row.ref('id') }))
    .where('id', '=', caseId)
    .execute();
}

async function alertsOfCase(writer: Transaction<Tables>, caseId: string): Promise<StoredAlert[]> {
  return (await writer.selectFrom('alerts').selectAll().where('case_id', '=', caseId).execute()).map(toAlert);
}

function toAlert({ case_id: caseId, run_id: run, ...row }: Tables['alerts']): StoredAlert {
  return { ...row, caseId, run, kind: row.kind as StoredAlert['kind'], state: row.state as StoredAlert['state'] };
}
