// The verbs `session` and `symbolize`: their options and help.
import type { Command } from 'commander';
import { SESSION_ENGINES } from '../session/index.js';
import { session } from './commands/session.js';
import { symbolize } from './commands/symbolize.js';
import { command, examples } from './verb.js';

const SESSION_CODES = `
The exit code is that of the command, or 128 and the number of the signal that killed it. Where the command ends well:
3 an engine that was asked for left nothing, 4 nothing was profiled at all. 2 says that the command was not started.
`;

/** Adds what `forgebench session` takes. */
export function addSession(verb: Command): void {
  verb
    .description('a command with all processes below it: a profile of each node process and worker thread, and of all')
    .argument('<command...>', 'what to run; options of forgebench stand before it')
    .option(
      '--with <engines>',
      `comma-separated: ${SESSION_ENGINES.join(', ')}; cpu, and flame where perf may record, where nobody says`,
    )
    .option('--interval <time>', 'time between samples; 1ms of cpu and 4ms of flame where nobody says')
    .option('--output <folder>', 'where everything goes; a folder below .forgebench/sessions where nobody says')
    .option('--json', "print JSON on standard output, and the command's own output on standard error")
    .passThroughOptions()
    .addHelpText('after', SESSION_CODES)
    .addHelpText(
      'after',
      examples([
        'session -- npm run build',
        'session --with cpu,alloc -- node server.js',
        'session --interval 1ms --output ./session npx vitest run',
      ]),
    )
    .action(command(session));
}

/** Adds what `forgebench symbolize` takes. */
export function addSymbolize(verb: Command): void {
  verb
    .description('names the frames of a recording that "profile --with capture" made on another machine')
    .argument('<capture>', 'the folder with capture.json')
    .requiredOption(
      '--symbols <folder>',
      'unstripped files, or .build-id/xx/yyyy.debug; told by build id, never by name',
    )
    .option('--output <folder>', 'where the files go; beside the capture where nobody says')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(['symbolize ./capture --symbols ./unstripped', 'symbolize ./capture --symbols /usr/lib/debug']),
    )
    .action(command(symbolize));
}
