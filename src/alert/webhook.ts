// A webhook: JSON for a program, signed where a secret is known to both.
import { createHmac } from 'node:crypto';
import type { AlertMessage, Channel } from './alert.js';
import { toJsonText } from './message-text.js';
import { postJson } from './post-json.js';

/** Where a webhook is. */
export interface WebhookOptions {
  name: string;
  place: string;
  url: string;
  /** What the receiver knows too; messages are not signed without it. */
  secret: string | undefined;
}

/** A channel that posts the message as JSON. */
export function webhook({ name, place, url, secret }: WebhookOptions): Channel {
  return {
    name,
    place,
    send(message: AlertMessage) {
      const body = toJsonText(message);
      const signed = { id: message.id, seconds: Math.floor(message.sentAt.getTime() / 1000), body };
      return postJson(url, body, {
        'webhook-id': signed.id,
        'webhook-timestamp': String(signed.seconds),
        ...(secret !== undefined && { 'webhook-signature': signatureOf(signed, secret) }),
      });
    },
  };
}

/**
 * The signature of a message by the rules of Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over id, time and body, for which
 * there are libraries in many languages.
 *
 * @param secret `whsec_` and base64, or any text
 * @example
 * signatureOf({ id: 'msg_1', seconds: 1731705121, body: '{}' }, 'whsec_c2VjcmV0') // 'v1,…'
 */
export function signatureOf(
  { id, seconds, body }: { id: string; seconds: number; body: string },
  secret: string,
): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}
