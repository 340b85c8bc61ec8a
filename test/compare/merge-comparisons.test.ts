// Comparisons that machines of a matrix made of parts of the cases.
import { describe, expect, it } from 'vitest';
import { compareRuns, mergeComparisons, type RunComparison } from '../../src/compare/index.js';
import { unexplained } from '../../src/explain/index.js';
import { comparisonSchema } from '../../src/report/index.js';
import { runOf } from '../report/run-of.js';

const CASES = { 'demo/a': [100, 110], 'demo/b': [100, 100], 'demo/c': [100, 101], 'demo/d': [100, 50] } as const;

/** What comparing some of the cases says. */
function compare(...ids: (keyof typeof CASES)[]): RunComparison {
  const side = (index: 0 | 1) => Object.fromEntries(ids.map((id) => [id, CASES[id][index]]));
  return compareRuns(runOf(`old-${ids.join()}`, side(0)), runOf(`new-${ids.join()}`, side(1)));
}

const [first, second] = [compare('demo/a', 'demo/c'), compare('demo/b', 'demo/d')];
const whole = compare('demo/a', 'demo/c', 'demo/b', 'demo/d');
const merged = mergeComparisons([first, second]);

describe('merged comparisons', () => {
  it('say of each case what comparing all of them at once says, with the rate of false calls over all', () => {
    expect(merged.cases).toEqual(whole.cases);
    expect(merged.cases.map(({ qValue }) => qValue)).not.toEqual(
      [...first.cases, ...second.cases].map(({ qValue }) => qValue),
    );
  });

  it('name all runs, and what only some of them had under test', () => {
    const other = { ...second, head: { ...second.head, subjects: { 'crate-b': '2.0.0' } } };
    const { head } = mergeComparisons([{ ...first, head: { ...first.head, subjects: { 'crate-a': '1.0.0' } } }, other]);
    expect(head.id).toBe('new-demo/a,demo/c + new-demo/b,demo/d');
    expect(head.subjects).toEqual({ 'crate-a': '1.0.0', 'crate-b': '2.0.0' });
  });

  it('say once what every part says, and keep what one part alone says', () => {
    const leftOut = { base: [], head: [{ what: 'transform', reason: 'error[E0308]' }] };
    const differences = [{ what: 'node', base: '20', head: '22' }];
    const explanations = [unexplained('demo/a', 'perf is not there')];
    const both = mergeComparisons([
      { ...first, leftOut, differences, explanations },
      { ...second, leftOut, differences, failed: { base: [], head: [{ caseId: 'demo/b', message: 'it panicked' }] } },
    ]);
    expect(both).toMatchObject({ leftOut, differences, explanations });
    expect(both.failed).toEqual({ base: [], head: [{ caseId: 'demo/b', message: 'it panicked' }] });
  });

  it('are no test of a case that was not measured', () => {
    const same = { ...(second.cases[0] as (typeof second.cases)[0]), id: 'demo/same', typical: null, qValue: 1 };
    const { cases } = mergeComparisons([first, { ...second, cases: [same] }]);
    expect(cases.map(({ qValue }) => qValue)).toEqual([...first.cases.map(({ qValue }) => qValue), 1]);
  });

  it('fit the schema of a comparison', () => {
    expect(comparisonSchema.parse(JSON.parse(JSON.stringify(merged)))).toEqual(merged);
    expect(comparisonSchema.safeParse({ ...merged, cases: [{ id: 'demo/a' }] }).success).toBe(false);
  });

  it('are none without a part', () => {
    expect(() => mergeComparisons([])).toThrow(RangeError);
  });
});
