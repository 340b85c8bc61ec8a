// A push or a nightly run: the baseline of the branch and the history of all runs, brought from and to a file.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GithubContext } from '../ci/index.js';
import type { CiFlags } from './ci-flags.js';
import { run } from './commands/run.js';
import { exportRuns, importRuns } from './commands/transfer.js';
import { knownMachines } from './known-machines.js';
import { checkWritable } from './output.js';

/** Measures the branch, names the run after it, and adds it to the history; returns the exit code of the run. */
export async function recordBranch(
  selects: string[],
  flags: CiFlags,
  { branch }: Pick<GithubContext, 'branch'>,
): Promise<number> {
  const file = flags.history === undefined ? undefined : resolve(flags.history);
  const store = flags.store === undefined ? {} : { store: flags.store };
  if (file !== undefined) {
    checkWritable(file);
    if (existsSync(file)) await importRuns([file], store);
    else process.stderr.write(`There is no history in "${file}" yet; it begins with this run\n`);
  }
  const before = await knownMachines(process.cwd(), store);
  const { settle: _ofPullRequests, explain: _too, ...measuring } = flags;
  const exitCode = await run(selects, { ...measuring, gate: true, saveBaseline: baselineOf(branch) });
  const after = await knownMachines(process.cwd(), store);
  const added = [...after].filter((each) => !before.has(each));
  if (before.size > 0 && added.length > 0)
    process.stderr.write(
      `No earlier run was made on such a machine (${added.map((each) => each.slice(0, 8)).join(', ')}): it gets a history of its own, and is compared with none of another\n`,
    );
  if (file !== undefined) await exportRuns(file, store);
  return exitCode;
}

/** Names of branches may have slashes, and those of baselines may not. */
function baselineOf(branch: string): string {
  return branch.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'main';
}
