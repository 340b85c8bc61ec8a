// Snapshots of this very process through the border: what grew, where it stands, and files that are broken.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeapComparison } from '../../src/heap/index.js';
import { engine } from '../../src/native/index.js';

class Planted {
  text = `planted ${Math.random()}`;
}
const garden: Planted[] = [];

const folder = mkdtempSync(join(tmpdir(), 'forgebench-heaps-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, `${name}.heapsnapshot`);

describe('snapshots of a process', () => {
  let comparison: HeapComparison;
  beforeAll(async () => {
    for (const name of ['first', 'second']) {
      writeHeapSnapshot(file(name));
      for (let i = 0; i < 777; i++) garden.push(new Planted());
    }
    comparison = JSON.parse(await engine().compareHeaps([file('first'), file('second')]));
  }, 120_000);

  it('say how many objects of a constructor are new, where it stands, and who holds them', () => {
    const planted = comparison.classes.find(({ name }) => name === 'Planted');
    expect(planted?.counts).toEqual([0, 777]);
    expect(planted?.file).toContain('compare-heaps.test.ts');
    expect(planted?.retainedBytes[1]).toBeGreaterThan(planted?.selfBytes[1] as number);
    expect(planted?.holders[0]?.born).toEqual([777]);
    const steps = planted?.holders[0]?.steps ?? [];
    expect(steps.slice(-2).map(({ name, isNew }) => [name, isNew])).toEqual([
      ['Array', false],
      ['Planted', true],
    ]);
    expect(steps.at(-3)).toMatchObject({ name: 'system / Context', file: expect.stringContaining('compare-heaps') });
  });

  it('are as large as V8 says that they are', () => {
    const { node_count, edge_count } = JSON.parse(readFileSync(file('second'), 'utf8')).snapshot;
    expect(comparison.snapshots[1]).toMatchObject({ nodes: node_count, edges: edge_count });
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['something else', () => '{"nodes": [1, 2, 3]}'],
  ])('are refused by name where one is %s', async (_what, broken) => {
    writeFileSync(file('broken'), broken(readFileSync(file('second'), 'utf8')));
    await expect(engine().compareHeaps([file('first'), file('broken')])).rejects.toThrow(
      /^Cannot read the heap snapshot ".*broken\.heapsnapshot": .*; it is cut off or no snapshot, take it again$/,
    );
  });
});
