// A finished run into the store; its folder is the truth, so that nothing is lost where that fails.
import type { RunComparison } from '../compare/index.js';
import type { LaunchRecord } from '../samples/index.js';
import type { RunRecord, Store, StoreLocation } from '../store/index.js';
import { EXIT } from './exit-code.js';
import { followUp } from './follow-up.js';
import type { CheckedConfiguration } from './project.js';
import { fillStore, storeRun, withStore } from './project-store.js';

/** What a run has left, and what was said of it. */
export interface Finished {
  root: string;
  configuration: CheckedConfiguration;
  record: RunRecord;
  records: readonly LaunchRecord[];
  folder: string;
  /** The name of a baseline that it was saved as. */
  baseline?: string | undefined;
  comparison?: RunComparison | undefined;
}

/**
 * Stores a run, and those before it that are missing, and does what the configuration wants done then; says what to do where it
 * cannot, and goes on. Returns an exit code for what went wrong after it was stored.
 */
export async function recordRun(location: StoreLocation, finished: Finished): Promise<number> {
  const { root, record, baseline, comparison } = finished;
  try {
    return await withStore(location, async (store) => {
      await storeRun(store, finished);
      if (baseline !== undefined) await store.nameBaseline(baseline, record.id);
      if (comparison !== undefined)
        await store.saveVerdicts(
          record.id,
          comparison.base.id,
          comparison.cases.map(({ id, verdict, ratio, low, high }) => ({ caseId: id, verdict, ratio, low, high })),
        );
      await fillStore(store, root);
      return tryFollowUp(store, finished);
    });
  } catch (error) {
    process.stderr.write(
      `Warning: ${(error as Error).message}\nThe run itself is kept in .forgebench/runs/${record.id}; the next verb that opens the store adds it.\n`,
    );
    return EXIT.well;
  }
}

/** What goes wrong here has nothing to do with the run, which is stored by now. */
async function tryFollowUp(store: Store, finished: Finished): Promise<number> {
  try {
    return await followUp(store, finished);
  } catch (error) {
    process.stderr.write(
      `Warning: ${(error as Error).message}\nThe run is stored; what "alerts" and "retention" of the configuration want is tried again after the next one.\n`,
    );
    return EXIT.failed;
  }
}
