// Verbs over profiles that are there already: convert and view.
import type { Command } from 'commander';
import { PROFILE_FORMATS } from '../profile/index.js';
import { convert } from './commands/convert.js';
import { view } from './commands/view.js';
import { FORMAT_NAMES } from './profile-file.js';
import { command, examples } from './verb.js';

const ANY =
  "a profile: forgebench's profile.json, .cpuprofile, .heapprofile, pprof, folded stacks, speedscope, Firefox, callgrind.out";
const UNIT = [
  '--unit <name>',
  'what folded stacks count, which do not say: nanoseconds, bytes, instructions, samples',
] as const;

/** Adds the verbs that read profiles. */
export function addProfileFileVerbs(forgebench: Command): void {
  const formats = FORMAT_NAMES.map((name) => `  ${name.padEnd(12)} ${PROFILE_FORMATS[name].about}`).join('\n');
  forgebench
    .command('convert')
    .description('write a profile of any format into another; what it is, its content tells')
    .argument('<file>', `${ANY}; - for standard input`)
    .requiredOption('--to <format>', FORMAT_NAMES.join(', '))
    .option('--output <file>', 'where it goes, - for standard output; beside you, with the ending of the format')
    .option('--title <text>', 'what the profile is of; the name of the file')
    .option(...UNIT)
    .option('--json', 'print JSON about the file')
    .addHelpText('after', `\nFormats:\n${formats}\n`)
    .addHelpText(
      'after',
      examples([
        'convert cpu.cpuprofile --to pprof',
        'convert callgrind.out.17 --to markdown --output -',
        'convert perf.folded --unit samples --to html --output flame.html',
      ]),
    )
    .action(command(convert));
  forgebench
    .command('view')
    .description('show a profile in speedscope, which is brought along: offline, without a server')
    .argument('<file>', `${ANY}; - for standard input`)
    .option('--output <folder>', 'where page and viewer go; .forgebench/view')
    .option(...UNIT)
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['view cpu.cpuprofile', 'view profile.json --output ./pages']))
    .action(command(view));
}
