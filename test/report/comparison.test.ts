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
import { runOf } from './run-of.js';

const HOSTILE = '</td><script>alert(1)</script>|`*';

const base = runOf('old', { 'demo/same': 100, 'demo/slow': 100, 'demo/fast': 100, [HOSTILE]: 100, 'demo/gone': 1 });
const head = runOf(
  'new',
  { 'demo/same': 100, 'demo/slow': 110, 'demo/fast': 50, [HOSTILE]: 104, 'demo/added': 1 },
  { node: '22.0.0', subjects: { crate: '0.7.0' } },
);
const comparison: RunComparison = compareRuns(base, head);

describe('a comparison of runs', () => {
  it('says of changed cases whose code is the same that something else made the difference', () => {
    const binaries = { 'demo/same': '01', 'demo/slow': '02', 'demo/fast': '03' };
    const old = runOf('old', { 'demo/same': 100, 'demo/slow': 100, 'demo/fast': 100 }, { binaries });
    const now = runOf(
      'new',
      { 'demo/same': 100, 'demo/slow': 110, 'demo/fast': 50 },
      { binaries: { ...binaries, 'demo/fast': '04' } },
    );
    const compared = compareRuns(old, now);
    expect(compared.sameCode).toEqual(['demo/same', 'demo/slow']);
    expect(runComparisonText(compared, { width: 200, colour: false, all: false })).toContain(
      'The same code on both sides, so that the machine or a package of JavaScript made the difference: demo/slow.',
    );
  });

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
    // 110 ns in seconds, as a decimal number.
    expect(junit).toContain('name="demo/slow" time="0.000000110000"');
  });

  it('is JUnit with cases that failed, and what nobody has measured, as errors', () => {
    const failed = { base: [], head: [{ caseId: 'demo/slow', message: 'it panicked\n\u001b[31m<here>' }] };
    const junit = comparisonToJunit({ ...comparison, failed }, 0.05, ['Part 2 of 3 is missing.']);
    expect(junit).toContain('tests="6" failures="1" errors="2" skipped="0"');
    expect(junit).toContain('name="demo/slow (head)"><error message="it panicked \\u001b[31m&lt;here&gt;"/>');
    expect(junit).toContain('<error message="Part 2 of 3 is missing."/>');
  });
});

describe('a comparison of runs that counted instructions', () => {
  const counts = { 'demo/same': 1_000, 'demo/more': 1_000, 'demo/layout': 1_000, 'demo/beyond': 1_000 };
  const times = { 'demo/same': 100, 'demo/more': 100, 'demo/layout': 100, 'demo/beyond': 100 };
  const old = runOf('old', times, {}, counts);
  const now = runOf(
    'new',
    { ...times, 'demo/layout': 110, 'demo/beyond': 104 },
    {},
    { ...counts, 'demo/more': 1_008, 'demo/beyond': 1_120 },
  );
  const counted = compareRuns(old, now);

  it('is text with a column, a line of verdicts, and what contradicts time', () => {
    const text = runComparisonText(counted, { width: 160, colour: false, all: false });
    expect(text).toContain('By instructions: 2 slower, 0 faster, 0 unclear, 2 same.');
    expect(text).toMatch(/│\s+instr\. │/);
    expect(text).toMatch(/demo\/more\s+│ same .*\+0\.80 %/);
    expect(text).toContain('demo/layout: time is slower and instructions are the same');
    expect(text).not.toContain('demo/same');
  });

  it('is Markdown and HTML with the column, and neither has it without counts', () => {
    expect(comparisonToMarkdown(counted)).toMatch(/\| `demo\/more` \| same \| .* \| \*\*\+0\.80 %\*\* \|/);
    expect(comparisonToMarkdown(comparison)).not.toContain('instr.');
    expect(comparisonToHtml(counted)).toContain('<td class="slower">+0.80 %</td>');
    expect(comparisonToHtml(comparison)).not.toContain('instr.');
  });

  it('fails in JUnit where instructions grew beyond the tolerance, though time is within it', () => {
    expect(regressions(counted, 0.11)).toEqual([]);
    expect(comparisonToJunit(counted, 0.11)).toMatch(/name="demo\/beyond"[^>]*><failure message="[^"]*\+12 % instr/);
  });

  it('is JSON with the counts of each case', () => {
    const { instructions } = JSON.parse(comparisonToJson(counted)) as RunComparison;
    expect(instructions).toHaveLength(4);
    expect(instructions[1]).toMatchObject({ caseId: 'demo/more', verdict: 'slower', base: 1_000, head: 1_008 });
  });
});
