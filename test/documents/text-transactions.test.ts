// Recorded histories, small ones and those that engines are compared on.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTrace } from '../../scripts/peers/traces.js';
import { fromTransactions, TextDocument, type TextTransaction } from '../../src/documents/index.js';

const data = process.env.FORGEBENCH_DATA;

/** Every history that is there, such as `egwalker/A1.json.gz`. */
function recorded(): string[] {
  if (data === undefined) return ['every trace'];
  const files = readdirSync(join(data, 'traces'), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.json.gz')).sort();
}

describe('fromTransactions', () => {
  it('refuses a parent that comes later, and edits outside of what their author saw', () => {
    const ada: TextTransaction = { agent: 'ada', parents: [], patches: [[0, 0, 'Hello']] };
    expect(() => fromTransactions([{ ...ada, parents: [0] }], 'reader')).toThrow('a parent does not come first');
    const bob: TextTransaction = { agent: 'bob', parents: [], patches: [[1, 0, '!']] };
    expect(() => fromTransactions([ada, bob], 'reader')).toThrow('an edit lies outside the document');
  });

  it('takes a transaction without edits for what its parents are', () => {
    const text = fromTransactions(
      [
        { agent: 'ada', parents: [], patches: [[0, 0, 'a']] },
        { agent: 'bob', parents: [], patches: [[0, 0, 'b']] },
        { agent: 'ada', parents: [0, 1], patches: [] },
        { agent: 'bob', parents: [2], patches: [[1, 1, 'c']] },
      ],
      'reader',
    );
    expect(text.toString()).toBe('ac');
  });

  it.skipIf(data === undefined).each(recorded())(
    'comes to the end of %s, where FORGEBENCH_DATA has it, and so do its changes and its snapshot',
    (file) => {
      const trace = readTrace(join(data ?? '', 'traces', file));
      const text = fromTransactions(trace.transactions, 'reader');
      expect(text.toString()).toBe(trace.endContent);
      const copy = new TextDocument('other');
      copy.merge(text.changesSince());
      expect(copy.toString()).toBe(trace.endContent);
      const loaded = TextDocument.load(text.snapshot(), 'third');
      loaded.insert(0, '!');
      expect(loaded.toString()).toBe(`!${trace.endContent}`);
    },
  );
});
