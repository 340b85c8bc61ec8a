// Markdown cut to what a comment may hold.
import { describe, expect, it } from 'vitest';
import { byteLength, COMMENT_LIMIT, fitText } from '../../src/ci/index.js';

const rows = (count: number) => Array.from({ length: count }, (_, row) => `| \`suite/case${row}\` | slower |`);
const table = (count: number) => ['| case | verdict |', '| --- | --- |', ...rows(count)].join('\n');

describe('what fits', () => {
  it('stays as it is', () => {
    expect(fitText(['# A', 'b'], 100)).toBe('# A\n\nb');
  });
});

describe('what does not fit', () => {
  it('is cut at a row of its table, and later blocks that fit are kept', () => {
    const text = fitText(['# A', table(5_000), 'the end'], COMMENT_LIMIT);
    expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(text.length).toBeGreaterThan(0.95 * COMMENT_LIMIT);
    const lines = text.split('\n').filter((line) => line.startsWith('| '));
    expect(lines).toEqual(table(5_000).split('\n').slice(0, lines.length));
    expect(text).toMatch(/Not everything has room here/);
  });

  it('is left out whole where it is no table, so that no element stays open', () => {
    const folded = `<details><summary>same</summary>\n\n${table(5_000)}\n\n</details>`;
    const text = fitText(['# A', folded, 'the end'], 1_000);
    expect(text).toBe('# A\n\nthe end\n\nNot everything has room here; the files of this run have all of it.');
  });

  it('never exceeds the limit, whatever the sizes', () => {
    for (let limit = 100; limit < 2_000; limit += 37)
      for (const count of [1, 3, 10, 60])
        expect(
          fitText(['# A', table(count), 'é'.repeat(count), table(2)], limit, byteLength).length,
        ).toBeLessThanOrEqual(limit);
  });
});
