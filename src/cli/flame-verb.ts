// The verb `flame`, with its arguments and examples.
import type { Command } from 'commander';
import { flame } from './commands/flame.js';
import { command, examples, STORE } from './verb.js';

const SELECT = 'ids, benchmarks or patterns with *; all cases that both have profiled where there are none';

/** Adds the arguments, options and help of `flame`. */
export function addFlame(verb: Command): void {
  verb
    .description('where two profiles of a case differ: a differential flame graph, and the functions that changed')
    .argument('<base>', 'baseline, id, folder or file of a run, or a profile of any format that convert reads')
    .argument('<head>', 'the same of the new version')
    .argument('[select...]', SELECT)
    .option('--output <folder>', 'where the pages go; .forgebench/flames where nobody says')
    .option(...STORE)
    .option('--json', 'print JSON: each function with its weight for one operation on both sides')
    .addHelpText(
      'after',
      examples(["flame main 20261124-065644-fpz 'model/*'", 'flame old/profile.json new/profile.json --output diff']),
    )
    .action(command(flame));
}
