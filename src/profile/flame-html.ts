// Flame graphs as one HTML file that needs nothing else.
import { escapeHtml, type PageAssets, standalonePage } from '../page/index.js';
import type { DifferentialData } from './differential-data.js';
import { FLAME_ELEMENT, flameData } from './flame-data.js';
import type { Profile } from './profile.js';

const UNITS: Readonly<Record<DifferentialData['unit'], string>> = {
  nanoseconds: 'Weights are processor time of one operation, making its input and dropping its output included.',
  bytes: 'Weights are bytes of one operation.',
  instructions: 'Weights are instructions of one operation.',
  allocations: 'Weights are calls to the allocator of one operation.',
  samples: 'Weights are samples of one operation.',
  share: 'Weights are shares of all samples, because the profiles have not counted operations.',
};

/** What stands around the graph, and the program that draws it. */
export interface FlameHtmlOptions {
  title: string;
  /** Lines below the title: machine, commit, what the profiled launch cost. */
  subtitle?: readonly string[];
  /** What the profile cannot show, in a sentence. */
  note?: string;
  /** The built browser program: `dist/profile/flame.client.js` and `.css`, or `differential.client` of two profiles. */
  client: PageAssets;
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
  return page(data, { note: UNITS[data.unit], ...options });
}

function page(value: unknown, { title, subtitle = [], note, client }: FlameHtmlOptions, lost?: string): string {
  const lines = subtitle.map((line) => `<p class="subtitle">${escapeHtml(line)}</p>`);
  const notes = [note, lost]
    .filter((text) => text !== undefined)
    .map((text) => `<p class="note">${escapeHtml(text)}</p>`);
  return standalonePage({
    name: 'the flame graph',
    title: `${title} – flame graph`,
    assets: client,
    makesStyles: true, // d3-flame-graph
    data: { id: FLAME_ELEMENT, value },
    body: `<header>
<h1>${escapeHtml(title)}</h1>
${[...lines, ...notes].join('\n')}
</header>
<main id="flame"></main>
<noscript>This page draws with JavaScript; the folded stacks beside it hold the same figures as text.</noscript>`,
  });
}
