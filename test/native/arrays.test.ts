// Arrays that Rust gives out: what nobody holds is freed, also while a program never waits.
import { describe, expect, it } from 'vitest';
import { DocumentTree } from '../../src/documents/index.js';
import { createHistogram, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from '../../src/histogram/index.js';

/** What the process grew by while the work was done without a turn of the event loop, megabytes. */
function growth(work: () => void): number {
  const before = process.memoryUsage().rss;
  work();
  return (process.memoryUsage().rss - before) / 1e6;
}

describe('arrays that nobody holds', () => {
  it('are freed while a program reads histogram after histogram in one go', () => {
    const histogram = createHistogram();
    histogram.recordMany(Float64Array.from({ length: 20_000 }, (_, index) => index * 50));
    const text = encodeIntoCompressedBase64(histogram);
    const decoded = decodeFromCompressedBase64(text);
    expect(decoded.count).toBe(20_000);
    const [most, all] = [200, (5000 * decoded.byteLength) / 1e6];
    expect(all).toBeGreaterThan(2 * most);
    expect(growth(() => repeat(5000, () => decodeFromCompressedBase64(text)))).toBeLessThan(most);
  });

  it('are freed while a program walks a tree in one go', () => {
    const tree = DocumentTree.fromJSON({
      type: 'doc',
      content: Array.from({ length: 20_000 }, () => ({ type: 'item' })),
    });
    const [most, all] = [200, (10_000 * tree.children(1).byteLength) / 1e6];
    expect(all).toBeGreaterThan(2 * most);
    expect(growth(() => repeat(10_000, () => tree.children(1)))).toBeLessThan(most);
  });
});

function repeat(times: number, work: () => unknown): void {
  for (let turn = 0; turn < times; turn++) work();
}
