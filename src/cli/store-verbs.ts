// Verbs over the store: history, prune, export, import.
import type { Command } from 'commander';
import { history } from './commands/history.js';
import { prune } from './commands/prune.js';
import { exportRuns, importRuns } from './commands/transfer.js';
import { command, examples, STORE, TOLERANCE } from './verb.js';

/** Adds the verbs that read and change what is stored. */
export function addStoreVerbs(forgebench: Command): void {
  forgebench
    .command('history')
    .description('how a figure developed over all stored runs, and when it changed')
    .argument('[case]', 'a case, a benchmark, or a pattern with *; whatever changed where there is none')
    .option('--metric <name>', 'p50, p95, cpu, allocations, allocated-bytes, figure:NAME …; p50')
    .option('--machine <fingerprint>', 'only runs of this machine; the first digits are enough')
    .option('--last <n>', 'only the runs that started last, so many of them')
    .option(TOLERANCE, 'a rise that is smaller is no regression; 5%')
    .option(...STORE)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(['history', "history 'model/node-create'", "history 'state/*' --metric allocations", 'history --json']),
    )
    .action(command(history));
  forgebench
    .command('prune')
    .description(
      'remove old runs with their folders; baselines, runs at changes or decisions, and the newest of a machine stay',
    )
    .option('--older-than <time>', 'runs that started longer ago, such as 90d')
    .option('--keep <n>', 'all but so many of the others, the most important first')
    .option('--keep-figures', 'remove folders, samples and profiles, but leave the history as it is')
    .option('--dry-run', 'say what would go, and remove nothing')
    .option('--log', 'what was removed so far, when and why')
    .option(...STORE)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples([
        'prune --older-than 90d --dry-run',
        'prune --keep 200',
        'prune --older-than 30d --keep-figures',
        'prune --log',
      ]),
    )
    .action(command(prune));
  addTransfer(forgebench);
}

function addTransfer(forgebench: Command): void {
  forgebench
    .command('export')
    .description('write all stored runs, decisions and alerts as lines of JSON')
    .argument('[file]', 'where they go; standard output where there is none')
    .option(...STORE)
    .option('--json', 'print JSON about the file')
    .addHelpText(
      'after',
      examples(['export runs.jsonl', 'export --store postgres://bench@db.local/bench > team.jsonl']),
    )
    .action(command(exportRuns));
  forgebench
    .command('import')
    .description('store exported runs, run folders, and results of Criterion, hyperfine, tinybench, vitest and Go')
    .argument('<file...>', 'files and folders; what they are is told by their content')
    .option(...STORE)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples([
        'import runs.jsonl',
        'import target/criterion',
        'import hyperfine.json bench.txt',
        'import .forgebench/runs',
      ]),
    )
    .action(command(importRuns));
}
