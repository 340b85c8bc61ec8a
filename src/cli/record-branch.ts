// A push or a nightly run: the baseline of the branch and the history of all runs, brought from and to a file.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { annotationLines, byteLength, fitText, type GithubContext, SUMMARY_LIMIT } from '../ci/index.js';
import type { CiFlags } from './ci-flags.js';
import { run } from './commands/run.js';
import { exportRuns, importRuns } from './commands/transfer.js';
import { EXIT } from './exit-code.js';
import { knownMachines } from './known-machines.js';
import { checkWritable } from './output.js';

/** Measures the branch, names the run after it, and adds it to the history; returns the exit code of the run. */
export async function recordBranch(
  selects: string[],
  flags: CiFlags,
  { branch, summaryFile }: Pick<GithubContext, 'branch' | 'summaryFile'>,
): Promise<number> {
  const file = flags.history === undefined ? undefined : resolve(flags.history);
  const store = flags.store === undefined ? {} : { store: flags.store };
  if (file !== undefined) {
    checkWritable(file);
    if (existsSync(file)) await importRuns([file], store);
    else process.stderr.write(`There is no history in "${file}" yet; it begins with this run\n`);
  }
  const before = await knownMachines(process.cwd(), store);
  const { settle: _ofPullRequests, explain: _too, files, ...measuring } = flags;
  mkdirSync(resolve(files), { recursive: true });
  const output = join(resolve(files), 'report.md');
  const exitCode = await run(selects, { ...measuring, output, gate: true, saveBaseline: baselineOf(branch) });
  if (exitCode === EXIT.interrupted) {
    process.stderr.write('The job was cancelled: baseline and history stay as they were\n');
    return exitCode;
  }
  const after = await knownMachines(process.cwd(), store);
  const strange = before.size === 0 ? [] : [...after].filter((each) => !before.has(each)).map(strangeMachine);
  process.stdout.write(annotationLines(strange.map((message) => ({ level: 'notice', title: 'forgebench', message }))));
  if (summaryFile) appendFileSync(summaryFile, summaryOf(output, strange));
  if (file !== undefined) await exportRuns(file, store);
  return exitCode;
}

function strangeMachine(fingerprint: string): string {
  return `No earlier run was made on such a machine (${fingerprint.slice(0, 8)}): it gets a history of its own, and is compared with none of another.`;
}

/** The report of the run, as far as a summary has room for it. */
function summaryOf(report: string, notes: readonly string[]): string {
  const blocks = readFileSync(report, 'utf8').trimEnd().split('\n\n');
  return `${fitText([...notes, ...blocks], SUMMARY_LIMIT - 1, byteLength)}\n`;
}

/** Names of branches may have slashes, and those of baselines may not. */
function baselineOf(branch: string): string {
  return branch.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'main';
}
