// Answers instead of a page.
import type { Context } from 'hono';
import { html } from 'hono/html';
import { page } from './markup.js';

/** That nothing is stored under the name that was asked for. */
export function missing(context: Context): Response | Promise<Response> {
  const text = 'Nothing is stored under this name. It may have been removed, or never been measured.';
  return context.html(page({ title: 'Not found' }, html`<p>${text}</p><p><a href="/">Overview</a></p>`), 404);
}

/** Why what was asked for cannot be made. */
export function refusal(context: Context, reason: string): Response | Promise<Response> {
  return context.html(page({ title: 'Not possible' }, html`<p>${reason}</p><p><a href="/">Overview</a></p>`), 422);
}
