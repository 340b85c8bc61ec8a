// What a channel is told: regressions that nobody has been told of yet.
import type { Trend, TrendChange } from '../history/index.js';

/** A regression that somebody has to hear of. */
export interface Alert {
  /** A regression, or one that was called fixed and is there again. */
  kind: 'regression' | 'returned';
  trend: Trend;
  change: TrendChange;
  /** What is known of the machine. */
  machine: string;
}

/** Alerts that are sent together. */
export interface AlertMessage {
  /** The same for the same alerts, so that a receiver can tell what it was sent twice. */
  id: string;
  sentAt: Date;
  /** At least one, the largest first. */
  alerts: readonly Alert[];
  /** Where the dashboard is, for links; nothing where nobody has said. */
  dashboardUrl: string | undefined;
}

/** Somewhere to send messages to. */
export interface Channel {
  /** Names it in the store and in messages; no secret is part of it. */
  readonly name: string;
  /** Where messages go, as far as that is no secret. */
  readonly place: string;
  /**
   * Sends a message.
   *
   * @throws AlertError where it did not arrive, and what to do
   */
  send(message: AlertMessage): Promise<void>;
}
