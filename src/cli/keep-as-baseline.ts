// A run gets a name.
import { join } from 'node:path';
import { toJson } from '../report/index.js';
import { saveBaseline } from '../store/index.js';
import type { FoundRun } from './find-run.js';
import { UsageError } from './usage-error.js';

/**
 * Saves a run as a baseline.
 *
 * @throws UsageError where the run is not whole, StoreError where the name is none
 */
export function keepAsBaseline(root: string, name: string, { record, folder }: FoundRun): void {
  if (record.status !== 'finished')
    throw new UsageError(
      `Cannot save run "${record.id}" as baseline "${name}": it was interrupted; run it again to its end`,
    );
  saveBaseline(join(root, '.forgebench'), name, { text: toJson(record), profiles: join(folder, 'profiles') });
  process.stderr.write(`Saved as baseline "${name}"\n`);
}
