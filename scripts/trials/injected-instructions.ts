// Gives functions of real crates a known share more instructions, and counts how often `forgebench ab --instructions` sees it.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CountedTrial, countTrials } from './count-ab.js';
import { injectSlowdowns } from './inject.js';
import { appendLine, readLines } from './json-lines.js';
import { readOptions } from './options.js';
import { SLOWED_CRATES, type SlowedCrate } from './slowdowns.js';

/**
 * Counts every case of the list once, or goes on where an earlier call ended.
 *
 * @returns the exit code: 1 where a case is not found, or nothing was counted
 * @throws Error where an option cannot be used
 */
export async function countInjected(args: readonly string[]): Promise<number> {
  const defaults = { budget: '2h', each: '20m', file: '.forgebench/injected-instructions.jsonl' };
  const { file, budgetMs, values } = readOptions(args, defaults, ['share', 'crate']);
  const share = Number(values.share ?? 0.02);
  const crates = SLOWED_CRATES.filter(({ crate }) => (values.crate ?? crate) === crate);
  if (!(share > 0) || crates.length === 0) throw new Error('Cannot use --share or --crate: see --help');
  const endsAt = Date.now() + budgetMs;
  for (const crate of crates) if (Date.now() < endsAt) await count(crate, share, file);
  return report(readLines<CountedTrial>(file), share, file);
}

async function count(crate: SlowedCrate, share: number, file: string): Promise<void> {
  const folder = join(tmpdir(), 'forgebench-injected-instructions', crate.crate);
  const copies = injectSlowdowns(crate, folder, 'instructions');
  const versions = ['--base', `${crate.crate}@${crate.version}`, '--head', `path:${copies}`];
  const cases = crate.slowdowns.flatMap((slowdown) => slowdown.cases);
  const done = new Set(readLines<CountedTrial>(file).map(({ caseId }) => caseId));
  process.stderr.write(`${crate.crate}, ${share * 100} % more instructions\n`);
  try {
    await countTrials({ crate: crate.crate, versions, cases, done }, share, (trial) => appendLine(file, trial));
  } catch (error) {
    if ((error as Error).name === 'Interrupted') throw error;
    process.stderr.write(`${(error as Error).message}\n`); // The other crates go on.
  }
}

/** All trials as a table, and beside the file as JSON. */
function report(trials: readonly CountedTrial[], share: number, file: string): number {
  const found = trials.filter(({ verdict }) => verdict === 'slower').length;
  const summary = { share, counted: trials.length, found, trials };
  writeFileSync(file.replace(/\.jsonl$/, '.json'), `${JSON.stringify(summary, null, 2)}\n`);
  for (const { caseId, verdict, ratio } of trials)
    process.stdout.write(`${verdict.padEnd(8)}${((ratio - 1) * 100).toFixed(2).padStart(7)} %  ${caseId}\n`);
  process.stdout.write(`Found ${found} of ${trials.length} by their instructions\n`);
  return found === trials.length && found > 0 ? 0 : 1;
}
