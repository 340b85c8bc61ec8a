// The journal of a run: one line for each finished launch, the only truth about it.
import { type LaunchRecord, launchRecord } from './launch.js';

/** What a journal holds, and what could not be read of it. */
export interface Journal {
  records: LaunchRecord[];
  /** Sentences about lines that were dropped. */
  warnings: string[];
}

/**
 * Reads `launches.jsonl`. A last line that was cut, because the machine or the process died while it was written, is
 * dropped with a warning; any other line that cannot be read is an error.
 *
 * @throws SyntaxError naming the line
 */
export function parseJournal(text: string): Journal {
  const lines = text.split('\n');
  const journal: Journal = { records: [], warnings: [] };
  lines.forEach((line, position) => {
    if (line === '') return;
    const result = launchRecord.safeParse(tryJson(line));
    if (result.success) journal.records.push(result.data);
    else if (position === lines.length - 1)
      journal.warnings.push('The last launch of the journal was cut off while it was written; it is left out.');
    else throw new SyntaxError(`Cannot read the journal: line ${position + 1} is no launch record`);
  });
  return journal;
}

/** The line of a record, newline included. */
export function toJournalLine(record: LaunchRecord): string {
  return `${JSON.stringify(record)}\n`;
}

function tryJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
