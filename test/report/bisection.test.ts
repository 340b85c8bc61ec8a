// A search for a commit as text and Markdown.
import { describe, expect, it } from 'vitest';
import { type BisectionReport, bisectionToJson, bisectionToMarkdown, bisectionToText } from '../../src/report/index.js';

const named = (letter: string, subject: string) => ({
  hash: letter.repeat(40),
  subject,
  author: 'Ada',
  date: '2026-11-24T10:00:00+01:00',
  parents: 1,
});
const REPORT: BisectionReport = {
  caseId: 'js/sum',
  outcome: 'found',
  confidence: 0.95,
  good: named('a', 'first'),
  bad: named('d', 'last'),
  commits: 7,
  comparisons: 4,
  change: null,
  suspects: [
    { commits: [named('b', 'sum twice')], probability: 0.97 },
    { commits: [named('c', 'tidy up')], probability: 0.03 },
  ],
  skipped: [{ commit: named('e', 'broken'), reason: 'Cannot build it\nall of the output' }],
  step: null,
};

describe('a search as text', () => {
  it('names the commit, the confidence, and what was skipped in a line each', () => {
    expect(bisectionToText(REPORT, 120)).toMatchInlineSnapshot(`
      "js/sum
        good  aaaaaaaaaaaa  first (Ada, 2026-11-24)
        bad   dddddddddddd  last (Ada, 2026-11-24)

      Found the commit in 4 comparisons over 7 commits; the change came in there with a probability of 97 %.

        bbbbbbbbbbbb  sum twice (Ada, 2026-11-24)
        probability 97 %
      Skipped eeeeeeeeeeee  broken (Ada, 2026-11-24): Cannot build it
      "
    `);
  });

  it('names all that are likely where the search was interrupted', () => {
    const text = bisectionToText({ ...REPORT, outcome: 'interrupted' }, 120);
    expect(text).toContain('Interrupted before');
    expect(text).toContain('tidy up');
  });
});

describe('a search as Markdown', () => {
  it('has no markup from a commit', () => {
    const hostile = '<img src=x> **bold** [link](http://x) | `code`\u001b[31m';
    const page = bisectionToMarkdown({ ...REPORT, suspects: [{ commits: [named('b', hostile)], probability: 1 }] });
    const line = page.split('\n').find((each) => each.includes('img')) as string;
    expect(line.replace(/\\./g, '').replace('**`bbbbbbbbbbbb`**', '')).not.toMatch(/[<>`[\]|*]/);
    expect(line).not.toContain('\u001b');
  });
});

describe('a search as JSON', () => {
  it('has a version and all that is known', () => {
    expect(JSON.parse(bisectionToJson(REPORT))).toEqual({ version: 1, ...REPORT });
  });
});
