// `forgebench baseline`: runs that have a name.
import { join } from 'node:path';
import { baselineSavedAt, listBaselines, removeBaseline, type Store, StoreError } from '../../store/index.js';
import { counted, formatMoment } from '../../units/index.js';
import { EXIT } from '../exit-code.js';
import { findRun } from '../find-run.js';
import { findStoredRun } from '../find-stored-run.js';
import { keepAsBaseline } from '../keep-as-baseline.js';
import { printRun } from '../output.js';
import { isThere, type StoreFlags, storeLocation, withFilledStore, withStore } from '../project-store.js';
import { UsageError } from '../usage-error.js';

/** Lists baselines; returns the exit code. */
export async function baselineList(flags: StoreFlags & { json?: boolean }): Promise<number> {
  const root = process.cwd();
  const kept = join(root, '.forgebench');
  const baselines = listBaselines(kept).map((name) => {
    const { record } = findRun(root, name, 'Cannot read the baseline');
    const { id, summaries, environment } = record;
    return {
      name,
      run: id,
      savedAt: baselineSavedAt(kept, name).toISOString(),
      cases: summaries.length,
      commit: environment.commit,
    };
  });
  const elsewhere = (await storedBaselines(flags)).filter(({ name }) => !baselines.some((each) => each.name === name));
  const lines = [
    ...baselines.map(
      ({ name, run, savedAt, cases, commit }) =>
        `${name}  run ${run}, ${counted(cases, 'case')}, saved ${formatMoment(savedAt)}${commit === null ? '' : `, commit ${commit}`}`,
    ),
    ...elsewhere.map(
      ({ name, run, savedAt }) => `${name}  run ${run}, saved ${formatMoment(savedAt)}, in the store alone`,
    ),
  ];
  const text =
    lines.length > 0 ? lines.join('\n') : 'No baselines; make one with "forgebench run --save-baseline main"';
  process.stdout.write(`${flags.json ? JSON.stringify([...baselines, ...elsewhere], null, 2) : text}\n`);
  return EXIT.well;
}

/** Shows the run of a baseline; returns the exit code. */
export async function baselineShow(name: string, flags: StoreFlags & { json?: boolean }): Promise<number> {
  const stored = (await storedBaselines(flags)).map((each) => each.name);
  const names = new Set([...listBaselines(join(process.cwd(), '.forgebench')), ...stored]);
  if (!names.has(name))
    throw new UsageError(
      names.size === 0
        ? `Cannot show the baseline "${name}": there are none; make one with "forgebench run --save-baseline ${name}"`
        : `Cannot show the baseline "${name}": there is none of that name; there are ${[...names].join(', ')}`,
    );
  const { record, folder } = await findStoredRun(process.cwd(), name, { action: 'Cannot show the baseline', ...flags });
  printRun(record, { json: flags.json ?? false, folder });
  return EXIT.well;
}

/** Gives a run that is there a name; returns the exit code. */
export async function baselineSave(name: string, run: string, flags: StoreFlags): Promise<number> {
  const root = process.cwd();
  const found = await findStoredRun(root, run, { action: 'Cannot save as a baseline', ...flags });
  keepAsBaseline(root, name, found);
  await orWarn(() => withFilledStore(root, flags, (store) => store.nameBaseline(name, found.record.id)));
  return EXIT.well;
}

/** Removes a baseline, but not its run; returns the exit code. */
export async function baselineRemove(name: string, flags: StoreFlags): Promise<number> {
  const kept = join(process.cwd(), '.forgebench');
  const isInStore = (await storedBaselines(flags)).some((each) => each.name === name);
  if (listBaselines(kept).includes(name) || !isInStore) removeBaseline(kept, name);
  if (isInStore) await inStore(flags, (store) => store.forgetBaseline(name));
  process.stderr.write(`Removed the baseline "${name}"\n`);
  return EXIT.well;
}

/** Names that the store knows; none, with a warning, where it cannot be read: the folders of baselines are here. */
async function storedBaselines(flags: StoreFlags) {
  return (await orWarn(() => inStore(flags, (store) => store.baselines()))) ?? [];
}

/** Works on the store unless there is none yet. */
async function inStore<T>(flags: StoreFlags, work: (store: Store) => Promise<T>): Promise<T | undefined> {
  const location = await storeLocation(process.cwd(), flags);
  return isThere(location) ? withStore(location, work) : undefined;
}

async function orWarn<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    process.stderr.write(`Warning: ${error.message}\n`);
    return undefined;
  }
}
