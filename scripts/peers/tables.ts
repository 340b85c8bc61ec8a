// Results as a table for a terminal, a page, and JSON.
import type { Measured, NotMeasured, Result } from './row.js';

/** What a machine-readable row holds; numbers are null where nothing was timed. */
export interface PeerRecord {
  id: string;
  peer: string;
  /** What was done, which tells rows of one id and peer apart. */
  workload: string;
  ratio: number | null;
  low: number | null;
  high: number | null;
  goal: number;
  equalOutput: boolean | null;
  /** Why the row was not measured. */
  missing?: string;
}

const HEAD = ['row', 'workload', 'peer', 'ours', 'peer’s', 'times faster, or smaller [95 %]', 'goal', ''];

/** One record for each row. */
export function toRecords(results: readonly Result[]): PeerRecord[] {
  return results.map((result) => {
    const { id, peer, workload, goal } = result.row;
    if ('missing' in result)
      return {
        id,
        peer: peer.name,
        workload,
        ratio: null,
        low: null,
        high: null,
        goal,
        equalOutput: null,
        missing: result.missing,
      };
    const { ratio, low, high, equalOutput } = result;
    const numbers = equalOutput ? { ratio, low, high } : { ratio: null, low: null, high: null };
    return { id, peer: peer.name, workload, ...numbers, goal, equalOutput };
  });
}

/** Whether the goal is out of reach even at the upper end of the interval, or the outputs differ. */
export function isMissed(result: Result): boolean {
  return !('missing' in result) && (!result.equalOutput || result.high < result.row.goal);
}

/** A table in Markdown, which is readable at a terminal too. */
export function toTable(results: readonly Result[]): string {
  const rows = [HEAD, ...results.map((result) => ('missing' in result ? missingCells(result) : cells(result)))];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0), 3));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function cells(result: Measured): string[] {
  const { row, ours, theirs, ratio, low, high } = result;
  const first = [row.id, row.workload, row.peer.name];
  if (!result.equalOutput) return [...first, '–', '–', '–', goalText(row.goal), 'the outputs differ'];
  const verdict = low >= row.goal ? 'reached' : high < row.goal ? 'missed' : 'within the interval';
  const factor = `${three(ratio)} [${three(low)}, ${three(high)}]`;
  const text = row.unit === 'bytes' ? bytesText : timeText;
  return [...first, text(ours), text(theirs), factor, goalText(row.goal), verdict];
}

function missingCells({ row, missing }: NotMeasured): string[] {
  return [row.id, row.workload, row.peer.name, '–', '–', '–', goalText(row.goal), missing];
}

function goalText(goal: number): string {
  return `≥ ${goal}`;
}

function timeText(ns: number): string {
  const [divisor, unit] = ns < 1e3 ? [1, 'ns'] : ns < 1e6 ? [1e3, 'µs'] : ns < 1e9 ? [1e6, 'ms'] : [1e9, 's'];
  return `${three(ns / divisor)} ${unit}`;
}

function bytesText(bytes: number): string {
  const [divisor, unit] = bytes < 1e3 ? [1, 'B'] : bytes < 1e6 ? [1e3, 'kB'] : [1e6, 'MB'];
  return `${three(bytes / divisor)} ${unit}`;
}

function three(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
