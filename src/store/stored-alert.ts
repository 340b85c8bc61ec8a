// What was told to whom, so that nobody is told twice.
import { z } from 'zod';
import { changeKey } from './stored-triage.js';

/** An alert on its way to a channel. */
export const storedAlert = changeKey.extend({
  /** A regression, or one that was called fixed and is there again. */
  kind: z.enum(['regression', 'returned']),
  /** The name of the channel. */
  channel: z.string().min(1).max(200),
  state: z.enum(['sending', 'sent', 'failed']),
  /** When it got into this state. */
  at: z.iso.datetime(),
  /** Why it could not be sent. */
  failure: z.string().nullable(),
});
export type StoredAlert = z.infer<typeof storedAlert>;

/** An alert that somebody wants to send. */
export type AlertClaim = Pick<StoredAlert, 'caseId' | 'metric' | 'fingerprint' | 'run' | 'kind' | 'channel'> & {
  /** Runs around the change: an alert about one of them is about the same change. */
  near: readonly string[];
  /** Whoever began to send before this has died. */
  startedBefore: Date;
  /** What was sent before this is sent again; never where it is absent. */
  sentBefore?: Date | undefined;
};
