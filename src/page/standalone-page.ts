// A page that is one file and needs nothing else: no network, no server.
//
// Names, messages and commits come from outside. They are never made into markup: the page carries its data as JSON in
// which no `<` stands, its script writes them with textContent, and its content security policy runs that one script,
// known by its hash, and nothing else.
import { createHash } from 'node:crypto';
import { escapeHtml, escapeJson } from './escape.js';

/** The built program of a page and its style sheet: `dist/report/report.client.js` and `.css`, for instance. */
export interface PageAssets {
  script: string;
  style: string;
}

/** A page that only shows has a style sheet alone. */
type Assets = PageAssets | { style: string };

/** What a page is made of. */
export interface StandalonePage {
  /** What it is called in errors: `the flame graph`. */
  name: string;
  title: string;
  assets: Assets;
  /** The data that the script reads, and the id of the element that holds it. */
  data?: { id: string; value: unknown };
  /** True where a library of the script makes style sheets of its own; scripts stay the one that is known. */
  makesStyles?: boolean;
  /** Markup of the body, whose texts are escaped. */
  body: string;
}

/**
 * The page as text.
 *
 * @throws Error where an asset would end its own element
 * @example
 * standalonePage({ name: 'the page', title: 'a', assets, data: { id: 'data', value: [] }, body: '<main></main>' })
 */
export function standalonePage({ name, title, assets, data, body, makesStyles = false }: StandalonePage): string {
  const script = 'script' in assets ? assets.script : undefined;
  refuseEndTag(assets.style, 'style', name);
  if (script !== undefined) refuseEndTag(script, 'script', name);
  const policy = [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src '${contentHash(script)}'`]),
    `style-src '${makesStyles ? 'unsafe-inline' : contentHash(assets.style)}'`,
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
<title>${escapeHtml(title)}</title>
<style>${assets.style}</style>
</head>
<body>
${body}
${[...dataElement(data), ...(script === undefined ? [] : [`<script>${script}</script>`])].join('\n')}
</body>
</html>
`;
}

function dataElement(data: StandalonePage['data']): string[] {
  return data ? [`<script type="application/json" id="${data.id}">${escapeJson(data.value)}</script>`] : [];
}

function refuseEndTag(text: string, element: 'script' | 'style', name: string): void {
  if (new RegExp(`</${element}`, 'i').test(text))
    throw new Error(`Cannot make ${name}: its ${element} contains "</${element}"; build the clients again`);
}

/**
 * What a content security policy calls an inline script or style sheet.
 *
 * @example
 * contentHash(script) // 'sha256-…'
 */
export function contentHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
