// The page that asks for the token.
import { html } from 'hono/html';
import { type Html, page } from '../markup.js';

/** A form that leads on to `next`, a path of this dashboard. */
export function loginPage({ next, failed }: { next: string; failed: boolean }): Html {
  return page(
    { title: 'Token' },
    html`<p>This dashboard is shown to those who know the token that it was started with.</p>
${failed ? html`<p class="bad-text" role="alert">This is not the token.</p>` : ''}
<form method="post" action="/login" class="choice">
<input type="hidden" name="next" value="${next}">
<label>Token <input type="password" name="token" autocomplete="current-password" required></label>
<button>Open</button>
</form>`,
  );
}
