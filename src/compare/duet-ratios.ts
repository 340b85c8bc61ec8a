// What two launches that took turns say of two versions.
import type { LaunchRecord } from '../samples/index.js';
import { median } from '../statistics/index.js';

/** Ratios of head to base by case, one for each duet whose launches both finished. */
export type DuetRatios = ReadonlyMap<string, readonly number[]>;

/**
 * The ratio of a duet is the median of the ratios of samples that stand beside each other in time: a pace that the machine
 * changed in between is in both of them.
 *
 * @param records of both sides
 * @example
 * duetRatios(records).get('model/node-create') // [1.051, 1.048, 1.055, 1.049, 1.052]
 */
export function duetRatios(records: readonly LaunchRecord[]): DuetRatios {
  const samples = new Map<string, Partial<Record<'base' | 'head', number[]>>>();
  const ratios = new Map<string, number[]>();
  for (const { caseId, side, duet, outcome } of records) {
    if (side === undefined || duet === undefined || outcome.status !== 'ok' || outcome.result.kind !== 'time') continue;
    const key = `${duet} ${caseId}`;
    const both = { ...samples.get(key), [side]: outcome.result.samplesNs };
    samples.set(key, both);
    const ratio = both.base && both.head && ratioOf(both.base, both.head);
    if (ratio !== undefined) ratios.set(caseId, [...(ratios.get(caseId) ?? []), ratio]);
  }
  return ratios;
}

/** Where nearly nothing is measured, the loop that is subtracted may be more than what is there. */
function ratioOf(base: readonly number[], head: readonly number[]): number | undefined {
  const beside = base.flatMap((before, index) => {
    const after = head[index];
    return after !== undefined && before > 0 && after > 0 ? [after / before] : [];
  });
  return beside.length === 0 ? undefined : median(beside);
}
