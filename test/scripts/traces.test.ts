// Recorded histories, whose positions count code points.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { rowsOfTrace } from '../../scripts/peers/texts.js';
import { inUnits, type Patch, readTrace, type TraceTransaction } from '../../scripts/peers/traces.js';
import { fromTransactions } from '../../src/documents/index.js';

function by(agent: string, parents: number[], ...patches: Patch[]): TraceTransaction {
  return { agent, parents, patches };
}

function textOf(transactions: readonly TraceTransaction[]): string {
  return fromTransactions(transactions, 'reader').toString();
}

/** Edits at random, and the text that they come to. */
function randomHistory(count: number, seed: number): { transactions: TraceTransaction[]; text: string } {
  let state = seed;
  const below = (limit: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
  const characters: string[] = [];
  const transactions = Array.from({ length: count }, (_, number) => {
    const position = below(characters.length + 1);
    const deleted = Math.min(below(4), characters.length - position);
    const inserted = Array.from({ length: below(5) }, () => 'aé€😀🦀'.match(/./gu)?.[below(5)] ?? '');
    characters.splice(position, deleted, ...inserted);
    return by('ada', number === 0 ? [] : [number - 1], [position, deleted, inserted.join('')]);
  });
  return { transactions, text: characters.join('') };
}

describe('positions of a recorded history', () => {
  it('count what comes before and what goes twice where JavaScript has two units for it', () => {
    const history = [
      by('ada', [], [0, 0, 'a😀b🦀c'], [4, 0, '!']),
      by('ada', [0], [1, 3, '']),
      by('ada', [1], [2, 1, 'd']),
    ];
    expect(inUnits(history).flatMap(({ patches }) => patches)).toEqual([
      [0, 0, 'a😀b🦀c'],
      [6, 0, '!'],
      [1, 5, ''],
      [2, 1, 'd'],
    ]);
  });

  it('lead to the text that code points lead to', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { transactions, text } = randomHistory(200, seed);
      expect(textOf(inUnits(transactions))).toBe(text);
    }
  });

  it('are those of what their author knew, where several go on from one text', () => {
    const history = [by('ada', [], [0, 0, '😀🦀']), by('ada', [0], [0, 1, '']), by('bob', [0], [2, 0, 'b'])];
    expect(inUnits(history).map(({ patches }) => patches[0])).toEqual([
      [0, 0, '😀🦀'],
      [0, 2, ''],
      [4, 0, 'b'],
    ]);
    expect(textOf(inUnits(history))).toBe('🦀b');
  });

  it('are refused where texts with such characters merge', () => {
    const history = [by('ada', [], [0, 0, '😀']), by('bob', [], [0, 0, 'b']), by('ada', [0, 1], [0, 1, ''])];
    expect(() => inUnits(history)).toThrow(
      'Cannot convert transaction 2: it merges texts with characters of two units',
    );
  });
});

describe('a recorded history', () => {
  const folder = mkdtempSync(join(tmpdir(), 'forgebench-traces-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function written(name: string, content: string): string {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  }

  it('is read from its file, with one author who knows everything where none is named', () => {
    const file = join(folder, 'trace.json.gz');
    const txns = [{ patches: [[0, 0, '😀', 'noon']] }, { patches: [[1, 0, '!']] }];
    // As JSON may be written as well.
    writeFileSync(file, gzipSync(JSON.stringify({ txns, endContent: '😀!' }).replaceAll('😀', '\\ud83d\\ude00')));
    const transactions = [by('0', [], [0, 0, '😀']), by('0', [0], [2, 0, '!'])];
    expect(readTrace(file)).toEqual({ transactions, endContent: '😀!' });
  });

  it.each([
    ['', 'Unexpected end of JSON input'],
    ['{"txns":[]}', 'endContent'],
    ['{"txns":[{"patches":[[-1,0,"a"]]}],"endContent":""}', 'txns[0].patches[0][0]'],
    ['\x1f\x8b', 'unexpected end of file'],
  ])('is refused where it is none: %j', (content, why) => {
    const file = written('broken.json', content);
    if (content.startsWith('\x1f')) writeFileSync(file, content, 'latin1');
    expect(() => readTrace(file)).toThrow(/^Cannot read the history .*broken\.json/);
    expect(() => readTrace(file)).toThrow(why);
  });

  it('of one author is compared by writing it, and one of several by taking it in', () => {
    const patches = [[0, 0, 'a']];
    const [first, second] = [{ patches }, { patches, agent: 1 }];
    const alone = written('mine.json', JSON.stringify({ endContent: 'aa', txns: [first, first] }));
    const together = written(
      'ours.json',
      JSON.stringify({ endContent: 'aa', txns: [first, { ...second, parents: [] }] }),
    );
    expect(new Set(rowsOfTrace(alone).map(({ id }) => id))).toEqual(new Set(['C1']));
    expect(rowsOfTrace(alone)[0]?.workload).toMatch(/^mine: all edits/);
    expect(rowsOfTrace(alone)[0]?.input()).toEqual({ edits: [...patches, ...patches] });
    expect(new Set(rowsOfTrace(together).map(({ id }) => id))).toEqual(new Set(['C4', 'CR']));
  });
});
