// The table of an engine's result for a terminal.
import Table from 'cli-table3';
import type { ResultTable } from '../profile/index.js';
import { plainText } from '../report/index.js';

/** Lines without a frame, the columns aligned. */
export function resultTableText({ columns, rows }: ResultTable): string {
  const [none, gap] = ['', '  '];
  const chars = {
    top: none,
    'top-mid': none,
    'top-left': none,
    'top-right': none,
    bottom: none,
    'bottom-mid': none,
    'bottom-left': none,
    'bottom-right': none,
    left: none,
    'left-mid': none,
    mid: none,
    'mid-mid': none,
    right: none,
    'right-mid': none,
    middle: gap,
  };
  const table = new Table({
    head: columns,
    chars,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  // Names of constructors come from outside.
  for (const row of rows) table.push(row.map(plainText));
  return table.toString().replaceAll(/ +$/gm, '');
}
