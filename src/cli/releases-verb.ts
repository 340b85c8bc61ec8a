// The verb `releases`: its options and help.
import type { Command } from 'commander';
import { CRATES_INDEX } from '../versions/index.js';
import { checkUrl } from './check-url.js';
import { releases } from './commands/releases.js';
import { addMeasuring, EXPLAIN, NO_EXPLAIN } from './measuring-verbs.js';
import { command, examples, MIN_EFFECT, MOST, TOLERANCE } from './verb.js';

/** Adds what `forgebench releases` takes. */
export function addReleases(verb: Command): void {
  addMeasuring(verb)
    .description(
      'newer releases of the crates under test in their registry, measured beside those that are pinned; what no longer compiles',
    )
    .argument('[select...]', MOST)
    .option(
      '--index <url>',
      'the registry: a sparse index of cargo, without "sparse+"',
      (text) => checkUrl('--index', text),
      CRATES_INDEX,
    )
    .option('--budget <time>', 'time to measure for in all, such as 90s or 10m; settling may take as long again')
    .option('--launches <n>', 'launches of each case and side, 5 or more where nobody says')
    .option('--instructions', 'count instructions too, under valgrind')
    .option('--settle', 'launch unclear cases again, up to 50 times')
    .option(...EXPLAIN)
    .option(...NO_EXPLAIN)
    .option(...MIN_EFFECT)
    .option(TOLERANCE, 'with --gate: a slower case whose interval lies below it passes; 5%')
    .option('--gate', 'exit with 1 where a case is slower or something no longer compiles')
    .option('--files <folder>', 'where report, comparison and flame graphs go', '.forgebench/releases')
    .option(
      '--issue',
      'in a workflow of GitHub Actions: keep one issue that says so, and close it when nothing is newer',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nThe issue needs GITHUB_TOKEN, and "permissions: issues: write"; see docs/ci.md.\n')
    .addHelpText('after', examples(['releases', "releases 'model/*' --quick", 'releases --settle --issue']))
    .action(command(releases));
}
