// A time line as one HTML file that needs nothing else.
import { escapeHtml, type PageAssets, standalonePage } from '../page/index.js';
import { type LaunchTimeline, TIMELINE_ELEMENT } from './launch-timeline.js';

/** What stands around the tracks, and the program that draws them. */
export interface TimelineHtmlOptions {
  /** Lines below the title. */
  subtitle?: readonly string[];
  /** What the time line cannot show, in a sentence. */
  note?: string;
  /** The built browser program: `dist/timeline/timeline.client.js` and `.css`. */
  client: PageAssets;
}

/**
 * The page of a time line: no network, no other file.
 *
 * @throws Error where the built client would end its own element
 */
export function toTimelineHtml(timeline: LaunchTimeline, { subtitle = [], note, client }: TimelineHtmlOptions): string {
  const lines = subtitle.map((line) => `<p class="subtitle">${escapeHtml(line)}</p>`);
  const notes = note === undefined ? [] : [`<p class="note">${escapeHtml(note)}</p>`];
  return standalonePage({
    name: 'the time line',
    title: `${timeline.caseId} – time line`,
    assets: client,
    data: { id: TIMELINE_ELEMENT, value: timeline },
    body: `<header>
<h1>${escapeHtml(timeline.caseId)}</h1>
${[...lines, ...notes].join('\n')}
</header>
<main id="timeline"></main>
<noscript>This page draws with JavaScript; timeline.json beside it holds the same figures.</noscript>`,
  });
}
