// A comparison in every format, with names that try to do harm.
import { describe, expect, it } from 'vitest';
import { compareRuns, type RunComparison, regressions } from '../../src/compare/index.js';
import {
  comparisonToHtml,
  comparisonToJson,
  comparisonToJunit,
  comparisonToMarkdown,
  runComparisonText,
} from '../../src/report/index.js';
import { makeRunRecord, type RunRecord } from '../../src/store/index.js';
import { timingOf } from '../statistics/case.js';
import { BENCHMARK, planFile, recordOf } from '../store/plan-file.js';

const HOSTILE = '</td><script>alert(1)</script>|`*';

/** A run of cases by id, each with launches around a time in nanoseconds. */
function runOf(id: string, cases: Record<string, number>, changes: Partial<RunRecord['environment']> = {}): RunRecord {
  const file = planFile(id);
  const benchmarks = Object.keys(cases).map((caseId) => {
    const each = { id: caseId, parameters: {}, category: 'micro' as const };
    return { ...BENCHMARK, id: caseId, cases: [each], profiled: each };
  });
  const records = Object.entries(cases).flatMap(([caseId, ns]) =>
    [0.998, 1, 1.001, 1.002, 0.999].map((share, index) => ({
      ...recordOf(index, timingOf([ns * share, ns * share, ns * share])),
      caseId,
    })),
  );
  const environment = { ...file.environment, ...changes };
  return makeRunRecord(
    { ...file, benchmarks, environment },
    { records, profiles: [], status: 'finished', finishedAt: new Date(0) },
  );
}

const base = runOf('old', { 'demo/same': 100, 'demo/slow': 100, 'demo/fast': 100, [HOSTILE]: 100, 'demo/gone': 1 });
const head = runOf(
  'new',
  { 'demo/same': 100, 'demo/slow': 110, 'demo/fast': 50, [HOSTILE]: 104, 'demo/added': 1 },
  { node: '22.0.0', subjects: { crate: '0.7.0' } },
);
const comparison: RunComparison = compareRuns(base, head);

describe('a comparison of runs', () => {
  it('has verdicts, what differs beside the code, and what only one side has', () => {
    expect(comparison.cases.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['demo/same', 'same'],
      ['demo/slow', 'slower'],
      ['demo/fast', 'faster'],
      [HOSTILE, 'slower'],
    ]);
    expect(comparison.differences).toEqual([{ what: 'node', base: '20.19.0', head: '22.0.0' }]);
    expect(comparison.onlyIn).toEqual({ base: ['demo/gone'], head: ['demo/added'] });
  });

  it('fails the gate unless the interval lies wholly below the tolerance', () => {
    const ids = (tolerance: number) => regressions(comparison, tolerance).map(({ id }) => id);
    expect(ids(0.05)).toEqual(['demo/slow']);
    expect(ids(0.02)).toEqual(['demo/slow', HOSTILE]);
    expect(ids(0.2)).toEqual([]);
  });

  it('is text, the slowest first', () => {
    const text = runComparisonText(comparison, { width: 160, colour: false, all: false });
    expect(text).toContain('4 cases: 2 slower, 1 faster, 0 unclear, 1 same');
    expect(text.indexOf('demo/slow')).toBeLessThan(text.indexOf('demo/fast'));
    expect(text).toMatch(/demo\/slow\s+│ slower\s+│\s+\+10 % │\s+\+\d.*100 ns → 110 ns\s+│\s+5 \| 5/);
    expect(text).not.toContain('demo/same');
    expect(text).toContain('The runs differ in node: 20.19.0 against 22.0.0.');
    expect(text).toContain('Only in base: demo/gone.');
    expect(text).toContain('Under test: crate none → 0.7.0.');
    expect(runComparisonText(comparison, { width: 160, colour: false, all: true })).toContain('demo/same');
  });

  it('is JSON with a verdict for each benchmark', () => {
    const { benchmarks, version, ...rest } = JSON.parse(comparisonToJson(comparison)) as Record<string, unknown[]>;
    expect(version).toBe(1);
    expect(benchmarks).toHaveLength(4);
    expect(benchmarks?.[1]).toMatchObject({ id: 'demo/slow', verdict: 'slower', launches: { base: 5, head: 5 } });
    expect(rest).toHaveProperty('machineState', null);
  });

  it('is Markdown, HTML and JUnit in which names make no markup', () => {
    const markdown = comparisonToMarkdown(comparison);
    expect(markdown).toMatch(/^## Benchmarks: 2 slower, 1 faster, 0 unclear, 1 same\n/);
    expect(markdown).toContain('| `demo/slow` | **slower** | +10 % |');
    expect(markdown).not.toContain('<script>');
    const html = comparisonToHtml(comparison);
    expect(html).toContain('<tr class="slower"');
    expect(html).not.toContain('<script');
    const junit = comparisonToJunit(comparison, 0.05);
    expect(junit).toContain('tests="4" failures="1" errors="0" skipped="0"');
    expect(junit).toMatch(/name="demo\/slow"[^>]*><failure message="slower: \+10 % /);
    expect(junit).not.toContain('<script');
  });
});
