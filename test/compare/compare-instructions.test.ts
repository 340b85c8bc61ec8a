// Verdicts by instructions, where they contradict time, and what of it fails the gate.
import { describe, expect, it } from 'vitest';
import { compareRuns, countsToSettle, instructionRegressions, type RunComparison } from '../../src/compare/index.js';
import type { InstructionCount } from '../../src/samples/index.js';
import { makeRunRecord, type RunRecord } from '../../src/store/index.js';
import { countOf, timingOf } from '../statistics/case.js';
import { planFile, recordOf } from '../store/plan-file.js';

/** A run of one case: launches that take so many nanoseconds, and launches that counted. */
function runOf(ns: number, counts: readonly InstructionCount[]): RunRecord {
  const file = planFile('a-run');
  file.plan.settings.instructionLaunches = counts.length;
  const timed = [0.998, 1, 1.001, 1.002, 0.999].map((share) => timingOf([ns * share, ns * share, ns * share]));
  const records = [...timed, ...counts].map((result, index) => recordOf(index, result));
  return makeRunRecord(file, { records, profiles: [], status: 'finished', finishedAt: new Date(0) });
}

const countedRun = (counts: readonly number[]) =>
  runOf(
    100,
    counts.map((count) => countOf(count)),
  );

const thrice = (perOperation: number, iterations = 100) => new Array(3).fill(countOf(perOperation, iterations));

/** The case in two versions, as time and count of each. */
function compare(base: [number, number], head: [number, number]): RunComparison {
  return compareRuns(runOf(base[0], thrice(base[1])), runOf(head[0], thrice(head[1])));
}

describe('the verdict by instructions', () => {
  it.each([
    [1_000, 'same'],
    [1_004, 'same'],
    [1_006, 'slower'],
    [1_020, 'slower'],
    [990, 'faster'],
    [996, 'same'],
  ])('of 1,000 against %d is %s', (head, verdict) => {
    const [change] = compare([100, 1_000], [100, head]).instructions;
    expect(change).toMatchObject({ caseId: 'demo/case', verdict, base: 1_000, head });
  });

  it('takes three times the scatter of the case', () => {
    const scattered = [countOf(1_000), countOf(1_001.8), countOf(1_000.9)];
    const verdict = (by: number) =>
      compareRuns(runOf(100, scattered), runOf(100, thrice(1_000.9 * by))).instructions[0]?.verdict;
    expect(verdict(1.0052)).toBe('same');
    expect(verdict(1.0058)).toBe('slower');
  });

  it.each([
    ['slower', [1_020, 1_326, 918]],
    ['same', [1_001, 1_301.3, 900.9]],
    ['unclear', [1_020, 900, 1_300]],
    ['slower', [1_020, 1_320, 920]],
  ])(
    'is %s by what launches with one seed agree about, a share or a number, where chance decides on the count',
    (verdict, counts) => {
      const base = [1_000, 1_300, 900].map((count) => countOf(count));
      const head = counts.map((count) => countOf(count));
      expect(compareRuns(runOf(100, base), runOf(100, head)).instructions[0]?.verdict).toBe(verdict);
    },
  );

  it('is unclear where ratios agree hardly better than the counts of launches', () => {
    const base = [1_000, 1_010, 1_004].map((count) => countOf(count));
    const head = [1_010, 1_021.7, 1_015].map((count) => countOf(count));
    expect(compareRuns(runOf(100, base), runOf(100, head)).instructions[0]?.verdict).toBe('unclear');
  });

  it('is unclear where one side alone differs from launch to launch', () => {
    const scattered = [countOf(1_000), countOf(1_010), countOf(1_005)];
    expect(compareRuns(runOf(100, scattered), runOf(100, thrice(1_100))).instructions[0]?.verdict).toBe('unclear');
  });

  it('is told of launches that disagree once seven of either side are apart', () => {
    const base = [1_000, 1_010, 1_004, 1_007, 1_001, 1_009, 1_003];
    const head = [1_030, 1_015, 1_022, 1_011, 1_027, 1_019, 1_025];
    const of = (launches: number, more = head) =>
      compareRuns(countedRun(base.slice(0, launches)), countedRun(more.slice(0, launches))).instructions[0];
    expect(of(6)).toMatchObject({ verdict: 'unclear', apart: true, launches: { base: 6, head: 6 } });
    expect(of(7)).toMatchObject({ verdict: 'slower', apart: true });
    expect(of(7, [...head.slice(1), 1_009.5])).toMatchObject({ verdict: 'unclear', apart: false });
    expect(of(7, new Array(7).fill(1_010.1))).toMatchObject({ verdict: 'slower', apart: true });
    expect(of(7, new Array(7).fill(999.9))).toMatchObject({ verdict: 'unclear', apart: true });
  });

  it('is told with iterations where these differ between both sides', () => {
    const [same] = compare([100, 1_000], [100, 1_000]).instructions;
    expect(same?.iterations).toBeNull();
    const uneven = compareRuns(runOf(100, thrice(1_000, 100)), runOf(100, thrice(1_000, 10)));
    expect(uneven.instructions[0]?.iterations).toEqual({ base: 100, head: 10 });
  });

  it('is none where a side has counted nothing', () => {
    expect(compareRuns(runOf(100, []), runOf(100, thrice(1_000))).instructions).toEqual([]);
  });
});

describe('what is counted again', () => {
  const more = (base: number[], head: number[]) =>
    countsToSettle(compareRuns(countedRun(base), countedRun(head)).instructions).get('demo/case');

  it('is counted up to seven times, where launches disagree and either side has more in each', () => {
    expect(more([1_000, 1_010, 1_004], [1_030, 1_015, 1_022])).toBe(4);
    expect(more([1_000, 1_010], [1_030, 1_015])).toBe(5);
  });

  it.each([
    ['that are clear', [1_000, 1_000, 1_000], [1_030, 1_030, 1_030]],
    ['that overlap', [1_000, 1_010, 1_004], [1_030, 1_009, 1_022]],
    ['whose change is too small to be told', [1_000, 1_003, 1_001], [1_003.1, 1_005, 1_009]],
    ['that were counted so often', new Array(7).fill(1_000), [1_001, 1_003, 1_002, 1_001, 1_009, 1_002, 1_004]],
  ])('are none %s', (_, base, head) => {
    expect(more(base, head)).toBeUndefined();
  });
});

describe('a disagreement of time and instructions', () => {
  it.each([
    ['time is slower and instructions are the same', [100, 1_000], [110, 1_000]],
    ['more instructions and time is the same', [100, 1_000], [100, 1_100]],
    ['fewer instructions and time is the same', [100, 1_000], [100, 900]],
    ['more instructions and time is faster', [100, 1_000], [90, 1_100]],
  ] as [string, [number, number], [number, number]][])('is pointed out: %s', (text, base, head) => {
    expect(compare(base, head).disagreements).toEqual([{ caseId: 'demo/case', text: expect.stringContaining(text) }]);
  });

  it.each([
    ['both changed alike', [100, 1_000], [110, 1_100]],
    ['neither changed', [100, 1_000], [100, 1_000]],
    ['a clock cannot show so small a change', [100, 1_000], [100, 1_008]],
  ] as [string, [number, number], [number, number]][])('is none where %s', (_, base, head) => {
    expect(compare(base, head).disagreements).toEqual([]);
  });
});

describe('the gate', () => {
  const failing = (comparison: RunComparison, tolerance = 0.05) =>
    instructionRegressions(comparison, tolerance).map(({ caseId }) => caseId);
  const untimed = (head: number) =>
    instructionRegressions({ ...compare([100, 1_000], [100, head]), cases: [] }, 0.05).length;

  it('fails where instructions grew beyond the tolerance and no clock says that it costs nothing', () => {
    expect(failing(compare([100, 1_000], [110, 1_100]))).toEqual(['demo/case']);
    expect([untimed(1_060), untimed(1_040)]).toEqual([1, 0]);
  });

  it('passes where time is the same or faster, and below the tolerance', () => {
    expect(failing(compare([100, 1_000], [100, 1_100]))).toEqual([]);
    expect(failing(compare([100, 1_000], [80, 1_100]))).toEqual([]);
    expect(failing(compare([100, 1_000], [110, 1_100]), 0.2)).toEqual([]);
  });
});
