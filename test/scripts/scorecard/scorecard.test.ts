// The scorecard as a command, and what it does with missing data and own runs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { scoreOwn } from '../../../scripts/scorecard/own.js';
import { settle } from '../../../scripts/scorecard/settle.js';
import { toMarkdown, toText } from '../../../scripts/scorecard/table.js';
import { main } from '../../../scripts/scorecard.js';
import { compareLaunches, DEFAULT_COMPARE_OPTIONS } from '../../../src/compare/index.js';
import { launchesOf } from '../../compare/launches.js';

const folder = mkdtempSync(join(tmpdir(), 'scorecard-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the command', () => {
  async function refusal(...args: string[]): Promise<{ code: number; said: string }> {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const code = await main(args);
    const text = said.mock.calls.map(([chunk]) => chunk).join('');
    said.mockRestore();
    return { code, said: text };
  }

  it('refuses a folder without the data, and an option that there is not, with a sentence', async () => {
    const missing = await refusal('--data', folder);
    expect(missing.code).toBe(2);
    expect(missing.said).toMatch(/^Cannot score: ".*" lacks go_benchseries\/aa_runs\.json\.gz, .*; name the folder/);
    expect((await refusal('--fast')).code).toBe(2);
  });
});

describe('own runs', () => {
  it('count false calls among equal versions, and right ones where all were slowed', () => {
    const file = join(folder, 'ab.json');
    const benchmark = (verdict: string) => ({ id: verdict, verdict, launches: { base: 5, head: 7 } });
    writeFileSync(file, JSON.stringify({ benchmarks: ['slower', 'faster', 'same', 'unclear'].map(benchmark) }));
    const [table] = scoreOwn({ equal: [file], slowed: [file] }).tables;
    expect(table?.rows.map((row) => row[3])).toMatchObject([{ share: 0.5 }, { share: 0.25 }]);
    expect(table?.rows[0]?.[4]).toBe(6);
    expect(() => scoreOwn({ equal: [join(folder, 'none.json')], slowed: [] })).toThrow(/none\.json.*make it with/);
  });
});

describe('settling', () => {
  it('takes few launches of what is the same, and more of what differs', () => {
    const draw = launchesOf(3);
    const pairs = [1, 1.05].map((factor, index) => ({
      id: String(index),
      base: draw(100, 0.003, 25),
      head: draw(100 * factor, 0.003, 25),
    }));
    const [same, slower] = settle(pairs, { compareLaunches, DEFAULT_COMPARE_OPTIONS });
    expect(same).toMatchObject({ case: { verdict: 'same' }, launches: 5 });
    expect(slower).toMatchObject({ case: { verdict: 'slower' }, launches: 15 });
  });
});

describe('a section', () => {
  const section = {
    title: 'Title',
    text: ['Text.'],
    tables: [
      {
        caption: 'Shares:',
        head: ['rule', 'share'],
        rows: [
          ['a | b', { share: 0.5, error: 0.02, trials: 9 }],
          ['c', null],
        ],
      },
    ],
  };

  it('is a page with its bars escaped, and a text with its columns aligned', () => {
    expect(toMarkdown(section)).toBe(
      '## Title\n\nText.\n\nShares:\n\n| rule | share |\n| --- | ---: |\n| a \\| b | 50.0 ±2.0 % |\n| c | – |',
    );
    expect(toText(section)).toBe(
      'Title\n=====\n\nText.\n\nShares:\n\nrule         share\na | b  50.0 ±2.0 %\nc                –',
    );
  });
});
