// Flame graphs as one HTML file that needs nothing else.
import type { DifferentialData } from './differential-data.js';
import { flameData } from './flame-data.js';
import type { Profile } from './profile.js';

/** What stands around the graph, and the program that draws it. */
export interface FlameHtmlOptions {
  title: string;
  /** Lines below the title: machine, commit, what the profiled launch cost. */
  subtitle?: readonly string[];
  /** What the profile cannot show, in a sentence. */
  note?: string;
  /** The built browser program: `dist/profile/flame.client.js` and `.css`, or `differential.client` of two profiles. */
  client: { script: string; style: string };
}

/**
 * The flame graph of a profile as a self-contained page: no network, no other file.
 *
 * @throws Error where the built client would end its own element
 */
export function toFlameHtml(profile: Profile, options: FlameHtmlOptions): string {
  const lost = profile.lost ? `The profiler had to drop ${profile.lost} samples.` : undefined;
  return page(flameData(profile), options, lost);
}

/**
 * The differential flame graph of two profiles as such a page.
 *
 * @throws Error where the built client would end its own element
 */
export function toDifferentialHtml(data: DifferentialData, options: FlameHtmlOptions): string {
  return page(data, options);
}

function page(content: unknown, { title, subtitle = [], note, client }: FlameHtmlOptions, lost?: string): string {
  refuseEndTag(client.script, 'script');
  refuseEndTag(client.style, 'style');
  // `<` would let data end the element or open a comment; in JSON it may be written as an escape.
  const data = JSON.stringify(content).replaceAll('<', '\\u003c');
  const lines = subtitle.map((line) => `<p class="subtitle">${escapeHtml(line)}</p>`);
  const notes = [note, lost]
    .filter((text) => text !== undefined)
    .map((text) => `<p class="note">${escapeHtml(text)}</p>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)} – flame graph</title>
<style>${client.style}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
${[...lines, ...notes].join('\n')}
</header>
<main id="flame"></main>
<noscript>This page draws with JavaScript; the folded stacks beside it hold the same figures as text.</noscript>
<script type="application/json" id="flame-data">${data}</script>
<script>${client.script}</script>
</body>
</html>
`;
}

function refuseEndTag(text: string, element: string): void {
  if (text.toLowerCase().includes(`</${element}`))
    throw new Error(`Cannot make the flame graph: its ${element} contains "</${element}"; build the clients again`);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
