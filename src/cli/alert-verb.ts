// The verb `alert`: its options and help.
import type { Command } from 'commander';
import { alert } from './commands/alert.js';
import { command, examples, STORE } from './verb.js';

/** Adds what `forgebench alert` takes. */
export function addAlert(verb: Command): void {
  verb
    .description(
      'tell the channels of the configuration of regressions that they have not heard of; 3 where one could not be told',
    )
    .option('--dry-run', 'say what would be sent, and send nothing')
    .option(...STORE)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nChannels are webhooks, Slack, e-mail and issues of GitHub; see docs/alerts.md.\n')
    .addHelpText(
      'after',
      examples(['alert --dry-run', 'alert', 'alert --store postgres://bench@db.local/bench --json']),
    )
    .action(command(alert));
}
