// What follows a run that was stored: whoever has to hear of it does, and what is too much goes.
import type { Store } from '../store/index.js';
import { counted } from '../units/index.js';
import { EXIT } from './exit-code.js';
import type { CheckedConfiguration } from './project.js';
import { type Retained, retain } from './retain.js';
import { tellChannels, untoldText } from './tell-channels.js';

/** Runs that the line about a retention names. */
const MOST_NAMED = 10;

/** Alerts go first: retention leaves runs alone that somebody was told of. Returns an exit code for what went wrong. */
export async function followUp(
  store: Store,
  { root, configuration }: { root: string; configuration: CheckedConfiguration },
): Promise<number> {
  const { alerts, retention } = configuration;
  const deliveries = alerts?.afterRun ? await tellChannels(store, alerts, { dryRun: false }) : [];
  process.stderr.write(untoldText(deliveries));
  for (const { channel, alerts: its, failure } of deliveries)
    if (failure === null && its.length > 0)
      process.stderr.write(`Told the channel "${channel}" of ${counted(its.length, 'regression')}\n`);
  if (retention) process.stderr.write(retainedText(await retain(store, retention, { root, dryRun: false })));
  return deliveries.some(({ failure }) => failure !== null) ? EXIT.failed : EXIT.well;
}

function retainedText({ removals, profiles }: Retained): string {
  if (removals.length === 0) return '';
  const named = removals.slice(0, MOST_NAMED).map(({ run, reason }) => `${run} (${reason})`);
  const more = removals.length > MOST_NAMED ? ` and ${removals.length - MOST_NAMED} more` : '';
  const unused = profiles === 0 ? '' : `; ${counted(profiles, 'profile')} that no run has any more went too`;
  const what = removals[0]?.what === 'samples' ? ' but for their figures' : '';
  return `Retention removed ${counted(removals.length, 'run')}${what}: ${named.join(', ')}${more}${unused}\n`;
}
