// Alerts as small as they may be.
import type { Alert, AlertMessage } from '../../src/alert/index.js';
import { trend } from '../history/trends.js';

/** A name that would be markup, a mention, a header or an escape where it is taken for one. */
export const HOSTILE_NAME = 'evil/<script>*x*\r\nBcc: all@example.org\u001b[31m<!channel>';

/** The alert about a case whose level rose by 20 % at its 21st commit. */
export function sampleAlert(caseId = 'demo/sum', kind: Alert['kind'] = 'regression'): Alert {
  const steady = (level: number) => Array.from({ length: 20 }, (_, index) => level * (1 + 0.002 * ((index * 7) % 5)));
  const risen = trend([...steady(100), ...steady(120)], caseId);
  const [change] = risen.changes;
  if (change === undefined) throw new Error('the sample has no change');
  return { kind, trend: risen, change, machine: 'a CPU, 2 cores' };
}

/** A message with these alerts. */
export function sampleMessage(...alerts: Alert[]): AlertMessage {
  return {
    id: 'msg_1',
    sentAt: new Date('2026-01-02T03:04:05.000Z'),
    alerts,
    dashboardUrl: 'http://bench.local:4280/',
  };
}
