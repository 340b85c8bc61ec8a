// The verb `monitoring`, with its options and examples.
import type { Command } from 'commander';
import { monitoring } from './commands/monitoring.js';
import { command, examples } from './verb.js';

/** Adds the options and help of `monitoring`. */
export function addMonitoring(verb: Command): void {
  verb
    .description('write files for Prometheus and Grafana: what is scraped, when it alarms, a dashboard')
    .argument('<folder>', 'where the files go; a file there that says something else stays, and is an error')
    .argument('[server...]', 'each "forgebench serve" as HOST:PORT; 127.0.0.1:4280 where there is none')
    .option('--prometheus <url>', 'where Grafana finds Prometheus', 'http://127.0.0.1:9090')
    .addHelpText(
      'after',
      examples([
        'monitoring monitoring',
        'monitoring /srv/monitoring bench.local:4280 --prometheus http://prometheus.local:9090',
      ]),
    )
    .action(command(monitoring));
}
