// Recorded histories, small ones and those that engines are compared on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fromTransactions, TextDocument, type TextTransaction } from '../../src/documents/index.js';

const data = process.env.FORGEBENCH_DATA;

interface Trace {
  endContent: string;
  txns: { agent?: number; parents?: number[]; patches: [number, number, string][] }[];
}

/** Sequential traces name neither agents nor parents. */
function transactionsOf({ txns }: Trace): TextTransaction[] {
  return txns.map(({ agent = 0, parents, patches }, number) => ({
    agent: String(agent),
    parents: parents ?? (number === 0 ? [] : [number - 1]),
    patches,
  }));
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

  it
    .skipIf(data === undefined)
    .each([
      'sequential/automerge-paper',
      'sequential/rustcode',
      'sequential/sveltecomponent',
      'sequential/json-crdt-patch',
      'sequential/clownschool_flat',
      'concurrent/friendsforever',
      'egwalker/A1',
    ])('comes to the end of %s, where FORGEBENCH_DATA has it, and so do its changes and its snapshot', (name) => {
    const trace = JSON.parse(
      gunzipSync(readFileSync(join(data ?? '', 'traces', `${name}.json.gz`))).toString(),
    ) as Trace;
    const text = fromTransactions(transactionsOf(trace), 'reader');
    expect(text.toString()).toBe(trace.endContent);
    const copy = new TextDocument('other');
    copy.merge(text.changesSince());
    expect(copy.toString()).toBe(trace.endContent);
    const loaded = TextDocument.load(text.snapshot(), 'third');
    loaded.insert(0, '!');
    expect(loaded.toString()).toBe(`!${trace.endContent}`);
  });
});
