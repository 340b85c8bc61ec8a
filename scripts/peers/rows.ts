// All rows, and which of them a command line selects.
import { CHANGE_POINT_ROWS } from './change-points.js';
import { HISTOGRAM_ROWS } from './histograms.js';
import { PROFILING_ROWS } from './profiling.js';
import type { Row } from './row.js';
import { SHARED_TREE_ROWS } from './shared-trees.js';
import { STATISTICS_ROWS } from './statistics.js';
import { TEXT_ROWS } from './texts.js';
import { TREE_ROWS } from './trees.js';

/** In the order of the page; new groups of rows are added here. */
export const ROWS: readonly Row[] = [
  ...HISTOGRAM_ROWS,
  ...TREE_ROWS,
  ...SHARED_TREE_ROWS,
  ...TEXT_ROWS,
  ...STATISTICS_ROWS,
  ...CHANGE_POINT_ROWS,
  ...PROFILING_ROWS,
];

/**
 * Rows by their ids; all where none is named.
 *
 * @throws Error where an id does not exist.
 */
export function selectRows(ids: readonly string[], rows: readonly Row[] = ROWS): Row[] {
  const known = [...new Set(rows.map(({ id }) => id))];
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new Error(`Cannot compare "${unknown}": there is no such row; the rows are ${known.join(', ')}`);
  return rows.filter(({ id }) => ids.length === 0 || ids.includes(id));
}
