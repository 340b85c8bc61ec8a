// A run as one HTML file that needs nothing else: no network, no server, no second file except the profiles it links.
//
// Names, messages and commits come from outside. They are never made into markup: the page carries the record as JSON
// in which no `<` stands, its script writes them with textContent, and its content security policy runs that one
// script, known by its hash, and nothing else.
import { createHash } from 'node:crypto';
import type { RunRecord } from '../store/index.js';
import { DATA_ELEMENT, type PageData } from './page-data.js';

/** The built client: dist/report/report.client.js and .css. */
export interface PageAssets {
  script: string;
  style: string;
}

/** What a page needs beside its run. */
export interface HtmlOptions {
  assets: PageAssets;
  /**
   * Turns the path of a profile's file, relative to the run's folder, into a path relative to the report, or into
   * nothing where the file does not exist. By default the report lies in the run's folder and every file exists.
   */
  readProfileLink?: (path: string) => string | undefined;
}

/**
 * The report of a run as an HTML page.
 *
 * @throws Error where an asset would end its own element.
 * @example
 * writeFileSync('report.html', toHtml(record, { assets: { script, style } }))
 */
export function toHtml(record: RunRecord, { assets, readProfileLink = (path) => path }: HtmlOptions): string {
  const data: PageData = { record, links: profileLinks(record, readProfileLink) };
  const script = checkedAsset(assets.script, 'script');
  const style = checkedAsset(assets.style, 'style');
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>forgebench ${escapeHtml(record.id)}</title>
<style>${style}</style>
</head>
<body>
<div id="page"><noscript><p>This report draws itself with JavaScript. The same figures stand in run.json.</p></noscript></div>
<script type="application/json" id="${DATA_ELEMENT}">${escapeJson(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/**
 * JSON that may stand inside a script element: no character in it can end the element or open a comment.
 *
 * @example
 * escapeJson('</script>') // '"\\u003c/script>"'
 */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/**
 * Text that may stand in an element or a quoted attribute.
 *
 * @example
 * escapeHtml('<b>') // '&lt;b&gt;'
 */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function profileLinks(record: RunRecord, read: (path: string) => string | undefined): Record<string, string> {
  const paths = record.profiles.flatMap(({ engines }) => engines.flatMap(({ files }) => Object.values(files)));
  const links = paths.flatMap((path) => {
    const link = read(path);
    return link === undefined ? [] : [[path, relativeLink(link)] as const];
  });
  return Object.fromEntries(links);
}

/** The leading `./` is what keeps `javascript:` and other schemes from being one. */
function relativeLink(path: string): string {
  return `./${path.split('/').map(encodeURIComponent).join('/')}`;
}

function checkedAsset(text: string, element: 'script' | 'style'): string {
  if (new RegExp(`</${element}`, 'i').test(text)) {
    throw new Error(`Cannot make the report: its ${element} contains "</${element}"; build the clients again`);
  }
  return text;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
