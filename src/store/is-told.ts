// Whether somebody was told of a change already.
import type { AlertClaim, StoredAlert } from './stored-alert.js';

/** Alerts that are about the same change as a claim and went to the same channel. */
export function sameAlerts(claim: AlertClaim, alerts: readonly StoredAlert[]): StoredAlert[] {
  const near = new Set([claim.run, ...claim.near]);
  const keys = ['caseId', 'metric', 'fingerprint', 'kind', 'channel'] as const;
  return alerts.filter((each) => keys.every((key) => each[key] === claim[key]) && near.has(each.run));
}

/** Whether a claim is to be refused: it was sent, or somebody who may still live is sending it. */
export function isTold({ sentBefore, startedBefore }: AlertClaim, same: readonly StoredAlert[]): boolean {
  return same.some(
    ({ state, at }) =>
      (state === 'sent' && !(sentBefore && at < sentBefore.toISOString())) ||
      (state === 'sending' && at >= startedBefore.toISOString()),
  );
}
