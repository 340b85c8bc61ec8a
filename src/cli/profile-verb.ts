// The verb that profiles, with its flags and the engines that it knows.
import type { Command } from 'commander';
import { profile } from './commands/profile.js';
import { enginesHelp } from './engines.js';
import { FORMAT_NAMES } from './profile-file.js';
import { command, examples, STORE } from './verb.js';

/** Makes `verb` the verb `profile`; `selects` says what its arguments are. */
export function addProfile(verb: Command, selects: string): void {
  verb
    .description('a deep session: profiles of each selected benchmark, of one case where nobody says which')
    .argument('[select...]', selects)
    .option('--with <engines>', 'engines and groups of them, comma-separated: see below')
    .option('--format <names>', `further files of each profile, comma-separated: ${FORMAT_NAMES.join(', ')}`)
    .option('--time-limit <duration>', 'end an engine that takes longer for a case; 2m')
    .option('--quick', 'watch each case for less than a second instead of three')
    .option('--output <folder>', 'where the profiles go')
    .option('--gate', 'exit with 1 where an engine found a leak')
    .option(...STORE)
    .option('--json', 'print JSON')
    .addHelpText('after', enginesHelp())
    .addHelpText(
      'after',
      examples([
        "profile 'model/node-create' --with cpu,flame",
        "profile 'model/node-create' --with all --time-limit 5m",
        "profile 'mine/*' --quick --with leaks,account --gate --output ./profiles",
      ]),
    )
    .action(command(profile));
}
