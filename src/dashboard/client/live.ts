// Keeps a page of what goes on as it is now: the page is asked for again, and takes over what has changed.
import { Idiomorph } from 'idiomorph';

const EVERY_MS = 2000;
/** After this time an answer is no longer waited for. */
const PATIENCE_MS = 10_000;

/** Asks again until the page says that nothing goes on any more. Nobody sees a hidden page, so it waits. */
export function followPage(live: HTMLElement, unreachable: HTMLElement | null): void {
  const again = () => setTimeout(turn, EVERY_MS);
  const turn = async () => {
    const isReached = document.hidden || (await takeOver(live).catch(() => false));
    if (unreachable) unreachable.hidden = isReached;
    if (live.dataset.live === 'on') again();
  };
  if (live.dataset.live === 'on') again();
}

/** Returns whether the server has answered. */
async function takeOver(live: HTMLElement): Promise<boolean> {
  const response = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE_MS), cache: 'no-store' });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const now = page.getElementById(live.id);
  if (now === null) return false;
  // What has the focus, and how far a table was scrolled, stays.
  Idiomorph.morph(live, now, { morphStyle: 'outerHTML', ignoreActiveValue: true });
  return true;
}
