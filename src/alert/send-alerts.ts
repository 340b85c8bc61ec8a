// Sends to each channel what it has not been told, once, whoever else is sending.
import { createHash } from 'node:crypto';
import { changeKeyOf, runsNear } from '../history/index.js';
import { type AlertClaim, isTold, type Store, type StoredAlert, sameAlerts } from '../store/index.js';
import type { Alert, Channel } from './alert.js';
import { AlertError } from './alert-error.js';

/** What became of a channel. */
export interface Delivery {
  channel: string;
  place: string;
  /** Alerts that it was sent now; of a failure, that it was not. */
  alerts: readonly Alert[];
  /** Why it was not told; null where it was, or had heard all of it. */
  failure: string | null;
}

/** How alerts are sent. */
export interface SendOptions {
  now: Date;
  /** What was sent so long ago is sent again, milliseconds; never where it is absent. */
  repeatMs?: number | undefined;
  /** Where the dashboard is, for links. */
  dashboardUrl?: string | undefined;
}

/** Longer than any channel takes: whoever began to send before has died, milliseconds. */
const LEASE_MS = 600_000;

/**
 * Sends alerts to all channels. What a channel was sent is kept in the store before the next one is asked; a channel that fails
 * keeps no other from being told, and is tried again at the next call.
 *
 * @returns what became of each channel, in their order
 */
export async function sendAlerts(
  store: Pick<Store, 'claimAlert' | 'saveAlert'>,
  { alerts, channels }: { alerts: readonly Alert[]; channels: readonly Channel[] },
  options: SendOptions,
): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for (const channel of channels) deliveries.push(await deliver(store, { alerts, channel }, options));
  return deliveries;
}

/** What each channel would be sent now, by its name. */
export async function pendingAlerts(
  store: Pick<Store, 'alerts'>,
  { alerts, channels }: { alerts: readonly Alert[]; channels: readonly Channel[] },
  options: SendOptions,
): Promise<Delivery[]> {
  const told = await store.alerts();
  return channels.map((channel) => ({
    channel: channel.name,
    place: channel.place,
    alerts: alerts.filter((alert) => {
      const claim = claimOf(alert, channel, options);
      return !isTold(claim, sameAlerts(claim, told));
    }),
    failure: null,
  }));
}

interface Claimed {
  alert: Alert;
  stored: StoredAlert;
}

async function deliver(
  store: Pick<Store, 'claimAlert' | 'saveAlert'>,
  { alerts, channel }: { alerts: readonly Alert[]; channel: Channel },
  options: SendOptions,
): Promise<Delivery> {
  const claimed: Claimed[] = [];
  for (const alert of alerts) {
    const stored = await store.claimAlert(claimOf(alert, channel, options));
    if (stored) claimed.push({ alert, stored });
  }
  const its = claimed.map(({ alert }) => alert);
  const failure = its.length === 0 ? null : await trySend(channel, claimed, options);
  for (const { stored } of claimed)
    await store.saveAlert({
      ...stored,
      state: failure === null ? 'sent' : 'failed',
      at: new Date().toISOString(),
      failure,
    });
  return { channel: channel.name, place: channel.place, alerts: its, failure };
}

function claimOf({ kind, trend, change }: Alert, channel: Channel, { now, repeatMs }: SendOptions): AlertClaim {
  return {
    ...changeKeyOf(trend, change),
    kind,
    channel: channel.name,
    near: runsNear(trend, change),
    startedBefore: new Date(now.getTime() - LEASE_MS),
    sentBefore: repeatMs === undefined ? undefined : new Date(now.getTime() - repeatMs),
  };
}

/** Why it did not arrive; null where it did. */
async function trySend(channel: Channel, claimed: readonly Claimed[], options: SendOptions): Promise<string | null> {
  const { now, dashboardUrl } = options;
  const alerts = claimed.map(({ alert }) => alert);
  try {
    await channel.send({ id: idOf(claimed, options), sentAt: now, alerts, dashboardUrl });
    return null;
  } catch (error) {
    if (error instanceof AlertError) return error.message;
    // What is not ours may show what it was given.
    return `it failed in an unforeseen way (${(error as Error).name}); the next call tries again`;
  }
}

/** The same alerts have the same id when they are tried again, and another one when they are repeated. */
function idOf(claimed: readonly Claimed[], { now, repeatMs }: SendOptions): string {
  const keys = claimed.map(({ stored: { caseId, metric, fingerprint, run, kind } }) =>
    JSON.stringify([caseId, metric, fingerprint, run, kind]),
  );
  const turn = repeatMs === undefined ? '' : Math.floor(now.getTime() / repeatMs);
  return `msg_${createHash('sha256')
    .update(`${keys.sort().join('\n')}${turn}`)
    .digest('hex')
    .slice(0, 32)}`;
}
