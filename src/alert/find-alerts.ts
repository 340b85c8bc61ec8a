// Which changes somebody has to hear of.
import type { Trend } from '../history/index.js';
import type { Alert } from './alert.js';

/**
 * Changes that alarm, with what people decided about them in mind: what was settled or acknowledged is silent. Pure.
 *
 * @param trends with decisions applied
 * @param machines names of machines by their fingerprint
 * @returns the largest first
 */
export function findAlerts(trends: readonly Trend[], machines: ReadonlyMap<string, string>): Alert[] {
  return trends
    .flatMap((trend) =>
      trend.changes.flatMap((change): Alert[] => {
        if (!change.alarm || change.triage?.state === 'acknowledged') return [];
        const kind = change.returned ? 'returned' : 'regression';
        return [{ kind, trend, change, machine: machines.get(trend.fingerprint) ?? 'unknown machine' }];
      }),
    )
    .sort((a, b) => b.change.magnitude - a.change.magnitude);
}
