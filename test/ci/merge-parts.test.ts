// Parts of a pull request's benchmarks, put together.
import { describe, expect, it } from 'vitest';
import { commentBlocks, mergeParts, type PullRequestPart, partFromJson, partToJson } from '../../src/ci/index.js';
import { compareRuns } from '../../src/compare/index.js';
import { comparisonToJunit } from '../../src/report/index.js';
import { runOf } from '../report/run-of.js';

const [BASE, HEAD, OTHER] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)] as const;

/** What part of 3 a machine measured: one case, and how many times as long it takes. */
function part(index: number, ratio: number, changes: Partial<PullRequestPart> = {}): PullRequestPart {
  const id = `demo/${index}`;
  const comparison = compareRuns(runOf(`old-${index}`, { [id]: 100 }), runOf(`new-${index}`, { [id]: 100 * ratio }));
  const slow = ratio > 1.05;
  return {
    shard: { index, count: 3 },
    pullRequest: 7,
    base: BASE,
    head: HEAD,
    order: 101,
    exitCode: slow ? 1 : 0,
    outcome: { kind: 'compared', comparison, missed: [], machines: [`machine ${index}`], tolerance: 0.05 },
    annotations: slow ? [{ level: 'error', title: `${id} is slower`, message: '' }] : [],
    ...changes,
  };
}

const documentation = (index: number) =>
  part(index, 1, { outcome: { kind: 'documentation', files: ['README.md'] }, annotations: [], exitCode: 0 });
const casesOf = ({ outcome }: { outcome: PullRequestPart['outcome'] }) =>
  outcome.kind === 'compared' ? outcome.comparison.cases.map(({ id, verdict }) => `${id} ${verdict}`) : [];
const facts = { base: 'main', head: 'bbbbbbb', runUrl: 'https://github.example/run' };

describe('parts that are all there', () => {
  const merged = mergeParts([part(3, 1), part(1, 1.2), part(2, 1)], HEAD);

  it('are one outcome, with every case, machine and annotation, and the exit code of the worst', () => {
    expect(casesOf(merged)).toEqual(['demo/1 slower', 'demo/2 same', 'demo/3 same']);
    expect(merged.outcome).toMatchObject({ machines: ['machine 1', 'machine 2', 'machine 3'] });
    expect(merged.annotations.map(({ title }) => title)).toEqual(['demo/1 is slower']);
    expect(merged).toMatchObject({ exitCode: 1, missing: [], base: BASE });
  });

  it('are all clear where each of them is', () => {
    expect(
      mergeParts(
        [1, 2, 3].map((index) => part(index, 1)),
        HEAD,
      ).exitCode,
    ).toBe(0);
    const quiet = mergeParts([1, 2, 3].map(documentation), HEAD);
    expect(quiet).toMatchObject({ exitCode: 0, outcome: { kind: 'documentation' }, annotations: [], missing: [] });
  });

  it('are broken together where the head cannot be built', () => {
    const outcome = { kind: 'broken', reason: 'error[E0308]' } as const;
    const annotations = [{ level: 'error', title: 'not measured', message: 'error[E0308]' } as const];
    const broken = [1, 2, 3].map((index) => part(index, 1, { outcome, annotations, exitCode: 2 }));
    expect(mergeParts(broken, HEAD)).toMatchObject({ outcome, exitCode: 2, annotations });
  });

  it('pass with a sentence where the base of one has none of its cases', () => {
    const outcome = { kind: 'baseless', reason: 'The base has none of the cases.' } as const;
    const merged = mergeParts([part(1, 1), part(2, 1), part(3, 1, { outcome })], HEAD);
    expect(merged.exitCode).toBe(0);
    expect(merged.missing).toEqual(['Part 3 of 3 has nothing to compare with: The base has none of the cases.']);
    expect(merged.annotations).toMatchObject([{ level: 'warning' }]);
  });

  it('are judged by those that measured something', () => {
    expect(mergeParts([part(1, 1), part(2, 1), part(3, 1, { exitCode: 4 })], HEAD).exitCode).toBe(0);
  });
});

describe('parts of which one is missing', () => {
  const merged = mergeParts([part(1, 1), part(3, 1)], HEAD);

  it('fail the check, although nothing is slower', () => {
    expect(merged.exitCode).toBe(3);
    expect(merged.annotations).toMatchObject([{ level: 'error', message: expect.stringContaining('Part 2 of 3') }]);
  });

  it('say so in the comment before anything else, and in JUnit', () => {
    const [, second = ''] = commentBlocks(merged.outcome, { ...facts, missing: merged.missing });
    expect(second).toBe(
      '**Part 2 of 3 is missing: its job was cancelled, or failed before it ended. Its benchmarks were not measured.**',
    );
    if (merged.outcome.kind !== 'compared') throw new Error('nothing was compared');
    const junit = comparisonToJunit(merged.outcome.comparison, 0.05, merged.missing);
    expect(junit).toContain('tests="3" failures="0" errors="1"');
    expect(junit).toContain('<error message="Part 2 of 3 is missing');
  });

  it('are not all clear where what is there runs the same code', () => {
    const same = part(1, 1);
    if (same.outcome.kind !== 'compared') throw new Error('nothing was compared');
    for (const each of same.outcome.comparison.cases) each.typical = null;
    const { outcome, missing } = mergeParts([same], HEAD);
    expect(commentBlocks(outcome, { ...facts, missing })[0]).not.toContain('all clear');
  });

  it('have none of another commit taken for it', () => {
    const { missing, exitCode } = mergeParts([part(1, 1), part(2, 1, { head: OTHER }), part(3, 1)], HEAD);
    expect(missing[0]).toContain('there is only one of another commit (ccccccc)');
    expect(exitCode).toBe(3);
  });

  it('say why a file could not be read', () => {
    const { missing } = mergeParts([part(1, 1), part(2, 1)], HEAD, ['Cannot read the part 3/part.json: cut.']);
    expect(missing).toHaveLength(2);
    expect(missing[0]).toContain('3/part.json');
  });
});

describe('a job that was started again', () => {
  it('counts by its newest part', () => {
    const parts = [part(1, 1.2), part(2, 1), part(3, 1), part(1, 1, { order: 102 })];
    expect(casesOf(mergeParts(parts, HEAD))).toEqual(['demo/1 same', 'demo/2 same', 'demo/3 same']);
  });

  it('counts with as many parts as there are now', () => {
    const now = [1, 2].map((index) => part(index, 1, { order: 201, shard: { index, count: 2 } }));
    const { missing, exitCode } = mergeParts([part(1, 1.2), part(2, 1), part(3, 1), ...now], HEAD);
    expect([missing, exitCode]).toEqual([[], 0]);
  });
});

describe('no part at all', () => {
  it('is a check that was not made', () => {
    const { outcome, exitCode, annotations } = mergeParts([], HEAD);
    expect(exitCode).toBe(3);
    expect(outcome).toMatchObject({ kind: 'broken', reason: expect.stringContaining('No part') });
    expect(annotations).toHaveLength(1);
  });
});

describe('the file of a part', () => {
  it('is read as it was written', () => {
    expect(partFromJson(partToJson(part(2, 1.2)))).toEqual(part(2, 1.2));
  });

  it('is read where a case that asked for no memory now does', () => {
    const allocating = (id: string, allocations: number) => {
      const run = runOf(id, { 'demo/2': 100 });
      for (const { memory } of run.summaries)
        memory.allocations = { estimate: { value: allocations, low: allocations, high: allocations } };
      return run;
    };
    const comparison = compareRuns(allocating('old', 0), allocating('new', 1));
    expect(comparison.counters).toEqual([{ caseId: 'demo/2', counter: 'allocations', base: 0, head: 1 }]);
    const outcome = { kind: 'compared', comparison, missed: [], machines: [], tolerance: 0.05 } as const;
    expect(partFromJson(partToJson(part(2, 1, { outcome }))).outcome).toEqual(outcome);
  });

  it('is refused with its first fields where it does not fit', () => {
    expect(() => partFromJson('{"version":1,"shard":{"index":0,"count":1}}')).toThrow(/shard\.index/);
    const ofShard = (index: number, count: number) => partToJson(part(1, 1, { shard: { index, count } }));
    expect(() => partFromJson(ofShard(1, 1_000_000_000))).toThrow(/shard\.count/);
    expect(() => partFromJson(ofShard(3, 2))).toThrow(/shard: has an index beyond its count/);
    expect(() => partFromJson(partToJson(part(1, 1)).slice(0, 200))).toThrow(SyntaxError);
    expect(() => partFromJson(partToJson(part(1, 1)).replace('"version":1', '"version":2'))).toThrow(/version/);
  });
});
