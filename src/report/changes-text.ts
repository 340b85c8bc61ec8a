// Changes of a series as text.

import Table from 'cli-table3';
import type { Change } from '../history/index.js';
import { counted } from '../units/index.js';
import { formatChange } from './comparison-words.js';

/** A line for each change of a series of `count` points. */
export function changesText(changes: readonly Change[], count: number): string {
  if (changes.length === 0) return `No change in ${count} points\n`;
  const table = new Table({
    head: ['first point after', 'change', 'confidence', ''],
    style: { head: [], border: [], compact: true },
    colAligns: ['right', 'right', 'right', 'left'],
  });
  for (const { index, magnitude, confidence, alarm } of changes)
    table.push([
      index,
      formatChange(1 + magnitude),
      confidence > 0.9999 ? '>99.99 %' : `${(100 * confidence).toFixed(2)} %`,
      alarm ? 'regression' : '',
    ]);
  const alarms = changes.filter(({ alarm }) => alarm).length;
  return `${counted(changes.length, 'change')} in ${count} points, counted from 0; ${counted(alarms, 'regression')}\n${table.toString()}\n`;
}
