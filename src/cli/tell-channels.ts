// New regressions of the store to the channels of the configuration.
import {
  type AlertConfiguration,
  type Delivery,
  findAlerts,
  openChannels,
  pendingAlerts,
  sendAlerts,
} from '../alert/index.js';
import { readTrends } from '../history/index.js';
import type { Store } from '../store/index.js';
import { counted, parseDuration } from '../units/index.js';
import { machineNames } from './machine-names.js';

/** Tells each channel what is new to it, or only says what that would be. */
export async function tellChannels(
  store: Store,
  configuration: AlertConfiguration,
  { dryRun }: { dryRun: boolean },
): Promise<Delivery[]> {
  // Opened first, so that a mistake in the configuration is told before anything is read.
  const channels = openChannels(configuration.channels, process.env);
  const trends = await readTrends(store);
  const alerts = findAlerts(trends, await machineNames(store, trends));
  const { repeat, dashboardUrl } = configuration;
  const options = { now: new Date(), repeatMs: repeat === undefined ? undefined : parseDuration(repeat), dashboardUrl };
  return (dryRun ? pendingAlerts : sendAlerts)(store, { alerts, channels }, options);
}

/** A line for each channel that was told something; those that failed are another matter. */
export function toldText(deliveries: readonly Delivery[], { dryRun }: { dryRun: boolean }): string {
  return deliveries
    .filter(({ failure }) => failure === null)
    .map(({ channel, place, alerts }) => {
      const what = alerts.length === 0 ? 'nothing new' : counted(alerts.length, 'regression');
      return `${channel} (${place}): ${alerts.length > 0 && dryRun ? 'would be sent ' : ''}${what}\n`;
    })
    .join('');
}

/** A line for each channel that could not be told. */
export function untoldText(deliveries: readonly Delivery[]): string {
  return deliveries
    .flatMap(({ channel, place, failure }) =>
      failure === null ? [] : [`Cannot tell the channel "${channel}" (${place}): ${failure}\n`],
    )
    .join('');
}
