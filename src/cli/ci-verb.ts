// The verb `ci`: its options and help.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { checkUrl } from './check-url.js';
import { ci } from './commands/ci.js';
import { addMeasuring, EXPLAIN, NO_EXPLAIN } from './measuring-verbs.js';
import { command, examples, MIN_EFFECT, MOST, STORE, TOLERANCE } from './verb.js';

/** Adds what `forgebench ci` takes. */
export function addCi(verb: Command): void {
  addMeasuring(verb)
    .description(
      'in a workflow of GitHub Actions: measure a pull request against its base, and comment on it; on a push, update baseline and history',
    )
    .argument('[select...]', MOST)
    .option('--code <folder>', 'repository of the code under test, where it is not the working folder')
    .option('--build <command>', 'makes the base ready to be measured, in its folder: "npm ci && npm run build"')
    .option('--budget <time>', 'time to measure for in all, such as 90s or 10m; settling may take as long again')
    .option('--launches <n>', 'launches of each case and side, 5 or more where nobody says')
    .option('--instructions', 'count instructions too, under valgrind; JavaScript without its compiler')
    .option('--no-settle', 'leave unclear cases unclear')
    .option(...EXPLAIN)
    .option(...NO_EXPLAIN)
    .option('--measure-identical', 'measure although only documentation has changed, or both run the same code')
    .option(...MIN_EFFECT)
    .option(TOLERANCE, 'a slower case whose interval lies below it passes; 5%')
    .option('--files <folder>', 'where comparison, JUnit, comment and flame graphs go', '.forgebench/ci')
    .option('--pages-url <url>', 'where the workflow publishes these files, for links', (text) =>
      checkUrl('--pages-url', text),
    )
    .option('--name <name>', 'tells comments of several workflows apart', readName, 'benchmarks')
    .option('--no-comment', 'write nothing to the pull request')
    .option('--history <file>', 'of a push: runs so far, read first and written back with the new one')
    .addOption(
      new Option(
        '--shard <i/n>',
        'only part i of n: --merge tells a pull request what all parts say, "forgebench import" puts histories together',
      ).conflicts('merge'),
    )
    .option('--merge <folder>', 'of a pull request: measure nothing, but tell what the parts in this folder say')
    .option(...STORE)
    .addHelpText(
      'after',
      '\nThe comment needs GITHUB_TOKEN, and "permissions: pull-requests: write"; see docs/ci.md.\n',
    )
    .addHelpText(
      'after',
      examples([
        'ci',
        "ci 'json/*' --budget 10m",
        'ci --history history.jsonl',
        'ci --code ../moduforge-rs --name moduforge',
        'ci --shard 2/4',
        'ci --merge parts',
      ]),
    )
    .action(command(ci));
}

/** It stands in a comment's first line. */
function readName(text: string): string {
  if (/^[A-Za-z0-9_-]{1,50}$/.test(text)) return text;
  throw new InvalidArgumentError('It may have letters, digits, "-" and "_", 50 at most.');
}
