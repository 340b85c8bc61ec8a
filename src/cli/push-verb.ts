// The verb `push`, with its options and examples.
import { type Command, Option } from 'commander';
import { push } from './commands/push.js';
import { command, examples, STORE } from './verb.js';

/** Adds the options and help of `push`. */
export function addPush(verb: Command): void {
  verb
    .description(
      'send the metrics of the store to a Pushgateway or by remote write, from a job that no scrape would meet',
    )
    .option('--gateway <url>', 'a Pushgateway; what it has of the same job and labels is replaced')
    .option('--remote-write <url>', 'Prometheus, or another store that takes its remote write')
    .option('--job <name>', 'the label "job"', 'forgebench')
    .addOption(
      new Option('--label <name=value>', 'a label of all time series, again and again; instance=HOST').argParser(
        (text: string, before: string[] | undefined) => [...(before ?? []), text],
      ),
    )
    .option(...STORE)
    .addHelpText(
      'after',
      examples([
        'push --gateway http://127.0.0.1:9091',
        'push --remote-write http://127.0.0.1:9090/api/v1/write --job nightly --label branch=main',
      ]),
    )
    .addHelpText(
      'after',
      '\nFORGEBENCH_PUSH_TOKEN is sent as a bearer token, a name and password in the URL as basic.\n',
    )
    .action(command(push));
}
