// Changes of a series as text.

import Table from 'cli-table3';
import type { Change } from '../history/index.js';
import { median } from '../statistics/index.js';
import { counted } from '../units/index.js';
import { formatChange } from './comparison-words.js';

/** Points in a fifth below which two fifths lie apart by chance too often. */
const FEWEST_OF_FIFTH = 5;

/**
 * A line for each change of a series; where there is none, a word about a slow rise or fall.
 *
 * @param tolerance the smallest rise or fall that is worth a word, as a share
 */
export function changesText(changes: readonly Change[], series: readonly number[], tolerance: number): string {
  const points = counted(series.length, 'point');
  if (changes.length === 0) return `No change in ${points}\n${slowText(series, tolerance)}`;
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
  return `${counted(changes.length, 'change')} in ${points}, counted from 0; ${counted(alarms, 'regression')}\n${table.toString()}\n`;
}

/** Only steps are looked for. Whoever reads that there is none must not take it that nothing has become of the series. */
function slowText(series: readonly number[], tolerance: number): string {
  const fifth = Math.floor(series.length / 5);
  if (fifth < FEWEST_OF_FIFTH) return '';
  const [first, last] = [series.slice(0, fifth), series.slice(-fifth)];
  const apart = Math.min(...last) > Math.max(...first) || Math.max(...last) < Math.min(...first);
  const ratio = 1 + (median(last) - median(first)) / Math.abs(median(first));
  if (!apart || Math.abs(ratio - 1) < tolerance) return '';
  return `It ${ratio > 1 ? 'rises' : 'falls'} slowly: ${formatChange(ratio)} from its first fifth to its last. That is no step, and only steps are looked for\n`;
}
