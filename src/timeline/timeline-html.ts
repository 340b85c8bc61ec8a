// A time line as one HTML file that needs nothing else.
import type { LaunchTimeline } from './launch-timeline.js';

/** What stands around the tracks, and the program that draws them. */
export interface TimelineHtmlOptions {
  /** Lines below the title. */
  subtitle?: readonly string[];
  /** What the time line cannot show, in a sentence. */
  note?: string;
  /** The built browser program: `dist/timeline/timeline.client.js` and `.css`. */
  client: { script: string; style: string };
}

/** Id of the element with the data, which `client/timeline.ts` reads. */
export const TIMELINE_ELEMENT = 'timeline-data';

/**
 * The page of a time line: no network, no other file.
 *
 * @throws Error where the built client would end its own element
 */
export function toTimelineHtml(timeline: LaunchTimeline, { subtitle = [], note, client }: TimelineHtmlOptions): string {
  refuseEndTag(client.script, 'script');
  refuseEndTag(client.style, 'style');
  // `<` would let data end the element or open a comment; in JSON it may be written as an escape.
  const data = JSON.stringify(timeline).replaceAll('<', '\\u003c');
  const title = escapeHtml(timeline.caseId);
  const lines = subtitle.map((line) => `<p class="subtitle">${escapeHtml(line)}</p>`);
  const notes = note === undefined ? [] : [`<p class="note">${escapeHtml(note)}</p>`];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>${title} – time line</title>
<style>${client.style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${[...lines, ...notes].join('\n')}
</header>
<main id="timeline"></main>
<noscript>This page draws with JavaScript; timeline.json beside it holds the same figures.</noscript>
<script type="application/json" id="${TIMELINE_ELEMENT}">${data}</script>
<script>${client.script}</script>
</body>
</html>
`;
}

function refuseEndTag(text: string, element: string): void {
  if (text.toLowerCase().includes(`</${element}`))
    throw new Error(`Cannot make the time line: its ${element} contains "</${element}"; build the clients again`);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
