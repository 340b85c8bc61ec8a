// What the record of a run says of one case.
import { type PickedCase, pickCase } from '../report/index.js';
import type { Store } from '../store/index.js';

/** Records that are kept: people look at one case of the newest run after the other, and a large one takes long to read. */
const KEPT = 2;

/** Reads details of cases. */
export type ReadDetail = (run: string, caseId: string) => Promise<PickedCase | undefined>;

/** A reader that keeps the last records; what a run says of its cases never changes. */
export function detailReader(store: Store): ReadDetail {
  const kept = new Map<string, Promise<unknown>>();
  return async (run, caseId) => {
    const record = kept.get(run) ?? store.record(run);
    kept.delete(run);
    kept.set(run, record);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    try {
      return pickCase(await record, caseId);
    } catch (error) {
      kept.delete(run);
      throw error;
    }
  };
}
