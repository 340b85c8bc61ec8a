// The verb `serve`, with its options and examples.
import type { Command } from 'commander';
import { serve } from './commands/serve.js';
import { command, examples, STORE } from './verb.js';

/** Adds the options and help of `serve`. */
export function addServe(verb: Command): void {
  verb
    .description('the dashboard: the store as pages for a browser, on this machine alone unless a token is given')
    .option('--port <n>', 'where it listens; 0 for any port that is free', '4280')
    .option('--host <name>', 'an address that others reach, such as 0.0.0.0; it takes a token', '127.0.0.1')
    .option('--token <text>', 'what readers have to know; FORGEBENCH_TOKEN keeps it out of the list of processes')
    .option(...STORE)
    .addHelpText(
      'after',
      examples(['serve', 'serve --port 0', 'serve --host 0.0.0.0 --store postgres://bench@db.local/bench']),
    )
    .action(command(serve));
}
