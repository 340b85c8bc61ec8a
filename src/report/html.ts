// A run as one HTML file that needs nothing else except the profiles it links.
import { type PageAssets, standalonePage } from '../page/index.js';
import type { RunRecord } from '../store/index.js';
import { DATA_ELEMENT, type PageData } from './page-data.js';

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
  return standalonePage({
    name: 'the report',
    title: `forgebench ${record.id}`,
    assets,
    data: { id: DATA_ELEMENT, value: data },
    body: '<div id="page"><noscript><p>This report draws itself with JavaScript. The same figures stand in run.json.</p></noscript></div>',
  });
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
