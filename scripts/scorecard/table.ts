// The scorecard as data, and as a page or a text.
import type { Share } from './tally.js';

/** What a table can hold: text, a share with its standard error, or nothing. */
export type Cell = string | number | Share | null;

/** One table with a sentence above it. */
export interface Table {
  caption: string;
  head: string[];
  rows: Cell[][];
}

/** A part of the scorecard. */
export interface Section {
  title: string;
  /** Paragraphs before the tables. */
  text: string[];
  tables: Table[];
}

/** A share as a percentage with its standard error. */
function formatShare({ share, error }: Share): string {
  if (Number.isNaN(share)) return '–';
  const digits = share > 0 && share < 0.02 ? 2 : 1;
  const value = (100 * share).toFixed(digits);
  return error === 0 ? `${value} %` : `${value} ±${(100 * error).toFixed(digits)} %`;
}

/** The section as Markdown. */
export function toMarkdown({ title, text, tables }: Section): string {
  const blocks = tables.flatMap(({ caption, head, rows }) => [caption, markdownTable(head, rows)]);
  return [`## ${title}`, ...text, ...blocks].join('\n\n');
}

/** The section for a terminal. */
export function toText({ title, text, tables }: Section): string {
  const blocks = tables.flatMap(({ caption, head, rows }) => [caption, alignedTable(head, rows)]);
  return [`${title}\n${'='.repeat(title.length)}`, ...text, ...blocks].join('\n\n');
}

function format(cell: Cell): string {
  if (cell === null) return '–';
  if (typeof cell === 'object') return formatShare(cell);
  return typeof cell === 'number' ? String(Number(cell.toPrecision(3))) : cell;
}

function markdownTable(head: readonly string[], rows: readonly Cell[][]): string {
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  const lines = [head, rule, ...rows.map((row) => row.map((cell) => format(cell).replaceAll('|', '\\|')))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function alignedTable(head: readonly string[], rows: readonly Cell[][]): string {
  const lines = [head, ...rows.map((row) => row.map(format))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const align = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return lines.map((line) => line.map(align).join('  ').trimEnd()).join('\n');
}
