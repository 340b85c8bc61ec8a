// Slack, and what takes messages as Slack does: Mattermost, Rocket.Chat, Discord below `/slack`.
import type { Channel } from './alert.js';
import { toSlackText } from './message-text.js';
import { postJson } from './post-json.js';

/** Where an incoming webhook is; its address is its secret. */
export interface SlackOptions {
  name: string;
  place: string;
  url: string;
}

/** A channel that posts the message as text. */
export function slack({ name, place, url }: SlackOptions): Channel {
  return { name, place, send: (message) => postJson(url, JSON.stringify({ text: toSlackText(message) })) };
}
