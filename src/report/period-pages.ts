// What a stretch of time brought, as Markdown and as a page.
import { standalonePage } from '../page/index.js';
import { blocksToHtml, blocksToMarkdown } from './blocks.js';
import { periodBlocks } from './period-blocks.js';
import type { PeriodReport } from './period-report.js';

/** The report of a period as Markdown. */
export function periodToMarkdown(period: PeriodReport): string {
  return blocksToMarkdown(periodBlocks(period));
}

/**
 * The report of a period as an HTML page without a script.
 *
 * @throws Error where the style would end its own element
 */
export function periodToHtml(period: PeriodReport, { style }: { style: string }): string {
  return standalonePage({
    name: 'the report of a period',
    title: `forgebench since ${period.since.toISOString().slice(0, 10)}`,
    assets: { style },
    body: `<main id="page">\n${blocksToHtml(periodBlocks(period))}\n</main>`,
  });
}
