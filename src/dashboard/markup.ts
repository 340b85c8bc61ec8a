// What pages are made of. `html` writes every value as text; only markup that it made itself is taken as such.
import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { escapeJson } from '../page/index.js';
import { formatMoment } from '../units/index.js';

/** Markup: what `html` returns. */
export type Html = ReturnType<typeof html>;

/** The colour in which something is said. */
export type Tone = 'good' | 'bad' | 'doubt' | 'note' | 'quiet';

/** Links of the head of every page. */
const CONTENTS = [
  ['/', 'Overview'],
  ['/runs', 'Runs'],
  ['/live', 'Live'],
  ['/compare', 'Compare'],
  ['/machines', 'Machines'],
] as const;

/** What a page says of itself. */
export interface PageHead {
  title: string;
  /** Which link of the head is the present one. */
  at?: (typeof CONTENTS)[number][0];
}

/** A whole page. */
export function page({ title, at }: PageHead, main: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · forgebench</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/look.css">
<link rel="stylesheet" href="/assets/dashboard.css">
<script src="/assets/dashboard.js" defer></script>
</head>
<body>
<div id="page">
<a class="skip" href="#main">Skip to the page</a>
<header class="top">
<a class="brand" href="/">forgebench</a>
<nav aria-label="Pages"><ul>${CONTENTS.map(
    ([link, name]) => html`<li><a href="${link}" ${link === at ? raw('aria-current="page"') : ''}>${name}</a></li>`,
  )}</ul></nav>
</header>
<main id="main">
<h1>${breakable(title)}</h1>
${main}
</main>
</div>
</body>
</html>`;
}

/** A count with its label. */
export function tile(
  label: string,
  value: string,
  { tone = 'quiet', note = '' }: { tone?: Tone; note?: string } = {},
): Html {
  return html`<div class="tile ${tone}"><strong>${value}</strong><span>${label}</span>${
    note === '' ? '' : html`<small>${note}</small>`
  }</div>`;
}

/** A word in a box. */
export function chip(text: string, tone: Tone = 'quiet'): Html {
  return html`<span class="chip ${tone}">${text}</span>`;
}

/** A cell of a table: text, or text that stands right as figures do. */
export type Cell = Html | string | { figure: string; interval?: string };

/** A table that scrolls within its box where the screen is narrow; the first cell of a row is its head. */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="cases">
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first = '', ...others]) => html`<tr><th scope="row">${contentOf(first)}</th>${others.map(toCell)}</tr>\n`,
  )}</tbody>
</table></div>`;
}

function toCell(cell: Cell): Html {
  const isFigure = typeof cell === 'object' && 'figure' in cell;
  return html`<td ${isFigure ? raw('class="figure"') : ''}>${contentOf(cell)}</td>`;
}

function contentOf(cell: Cell): Child {
  if (typeof cell !== 'object' || !('figure' in cell)) return cell as Child;
  const { figure, interval } = cell;
  const below = interval === undefined ? '' : html`<span class="interval">${interval}</span>`;
  return html`<span class="value">${figure}</span>${below}` as Child;
}

/** A long name that may be broken after its punctuation. */
export function breakable(text: string): Html {
  return html`${text.split(/(?<=[/,[=._-])/).map((part, index) => (index === 0 ? part : html`<wbr>${part}`))}`;
}

/** Data for the page's program. */
export function dataElement(name: string, value: unknown): Html {
  return html`<script type="application/json" id="${name}">${raw(escapeJson(value))}</script>`;
}

/** A moment as people write it, in UTC, because readers are elsewhere. */
export function when(time: string): Html {
  return html`<time datetime="${time}">${formatMoment(time)}</time>`;
}
