// `forgebench baseline`: runs that have a name.
import { join } from 'node:path';
import { baselineSavedAt, listBaselines, removeBaseline } from '../../store/index.js';
import { EXIT } from '../exit-code.js';
import { findRun } from '../find-run.js';
import { keepAsBaseline } from '../keep-as-baseline.js';
import { printRun } from '../output.js';
import { UsageError } from '../usage-error.js';

/** Lists baselines; returns the exit code. */
export async function baselineList(flags: { json?: boolean }): Promise<number> {
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
  const lines = baselines.map(
    ({ name, run, savedAt, cases, commit }) =>
      `${name}  run ${run}, ${cases} cases, saved ${savedAt.slice(0, 16).replace('T', ' ')}${commit === null ? '' : `, commit ${commit}`}`,
  );
  const text =
    lines.length > 0 ? lines.join('\n') : 'No baselines; make one with "forgebench run --save-baseline main"';
  process.stdout.write(`${flags.json ? JSON.stringify(baselines, null, 2) : text}\n`);
  return EXIT.well;
}

/** Shows the run of a baseline; returns the exit code. */
export async function baselineShow(name: string, flags: { json?: boolean }): Promise<number> {
  const { record, folder } = known(name);
  printRun(record, { json: flags.json ?? false, folder });
  return EXIT.well;
}

/** Gives a run that is there a name; returns the exit code. */
export async function baselineSave(name: string, run: string): Promise<number> {
  keepAsBaseline(process.cwd(), name, findRun(process.cwd(), run, 'Cannot save as a baseline'));
  return EXIT.well;
}

/** Removes a baseline, but not its run; returns the exit code. */
export async function baselineRemove(name: string): Promise<number> {
  removeBaseline(join(process.cwd(), '.forgebench'), name);
  process.stderr.write(`Removed the baseline "${name}"\n`);
  return EXIT.well;
}

function known(name: string) {
  const names = listBaselines(join(process.cwd(), '.forgebench'));
  if (!names.includes(name))
    throw new UsageError(
      `Cannot show the baseline "${name}": there is none of that name; there are ${names.join(', ') || 'none'}`,
    );
  return findRun(process.cwd(), name, 'Cannot show the baseline');
}
