// The journal loses at most the line that was being written.
import { describe, expect, it } from 'vitest';
import { type LaunchRecord, parseJournal, toJournalLine, WIRE_VERSION } from '../../src/samples/index.js';

const record: LaunchRecord = {
  version: WIRE_VERSION,
  index: 0,
  caseId: 'a/b',
  kind: 'verify',
  startedAt: 1,
  durationMs: 2,
  outcome: { status: 'ok', result: { kind: 'verify' } },
};

describe('parseJournal', () => {
  it('reads back what was written', () => {
    expect(parseJournal(toJournalLine(record).repeat(3))).toEqual({ records: [record, record, record], warnings: [] });
  });

  it('drops a last line that was cut, with a warning, wherever the cut is', () => {
    const line = toJournalLine(record);
    for (let cut = 1; cut < line.length - 1; cut++) {
      const journal = parseJournal(line + line.slice(0, cut));
      expect(journal.records).toEqual([record]);
      expect(journal.warnings).toHaveLength(1);
    }
  });

  it('refuses a line in the middle that is no record, and names it', () => {
    expect(() => parseJournal(`${toJournalLine(record)}garbage\n${toJournalLine(record)}`)).toThrow('line 2');
  });

  it('refuses a record of another version', () => {
    const other = JSON.stringify({ ...record, version: WIRE_VERSION + 1 });
    expect(() => parseJournal(`${other}\n`)).toThrow('line 1');
  });
});
