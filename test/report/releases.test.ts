// What newer releases bring, as Markdown.
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/compare/index.js';
import { type ReleasesReport, releasesBlocks, releasesTitle, releasesToJson } from '../../src/report/index.js';
import { runOf } from './run-of.js';

const release = (crate: string) => ({ crate, pinned: '0.7.0', newest: '0.8.0' });
const drift = [{ what: 'transform (moduforge-transform)', reason: 'error[E0308]: mismatched types (src/a.rs:7)' }];
const compared = compareRuns(runOf('old', { 'demo/a': 100 }), runOf('new', { 'demo/a': 130 }));
const report: ReleasesReport = {
  releases: [release('moduforge-model'), release('moduforge-transform')],
  drift,
  comparison: { ...compared, leftOut: { base: [], head: [...drift, { what: 'other', reason: 'it is slow' }] } },
};
const textOf = (value: ReleasesReport) => releasesBlocks(value).join('\n\n');

describe('a report of releases', () => {
  it('names crates, versions and verdicts', () => {
    expect(releasesTitle(report)).toBe('New releases: moduforge-model 0.8.0, moduforge-transform 0.8.0');
    expect(textOf(report)).toContain('| `moduforge-model` | 0.7.0 | 0.8.0 |');
    expect(textOf(report)).toMatch(/\| `demo\/a` \| \*\*slower\*\* \| \+30 % \|/);
  });

  it('has what no longer compiles with the error of the compiler, and once', () => {
    const text = textOf(report);
    expect(text).toContain('### API drift: 1 part of the workloads cannot be built');
    expect(text).toContain('- transform (moduforge-transform): `error[E0308]: mismatched types (src/a.rs:7)`');
    expect(text.match(/E0308/g)).toHaveLength(1);
    expect(text).toContain('Left out of head: other');
    expect(textOf({ ...report, drift: [] })).toContain('Every workload compiles with them.');
  });

  it('says so where nothing can run with both, and where nothing is newer', () => {
    expect(textOf({ ...report, comparison: null })).toContain('Nothing was compared: no case can run with both.');
    expect(textOf({ releases: [], drift: [], comparison: null })).toContain('nothing newer than what is measured');
  });

  it('has a title that many crates do not make long', () => {
    const releases = ['a', 'b', 'c', 'd', 'e'].map(release);
    expect(releasesTitle({ ...report, releases })).toBe('New releases: a 0.8.0, b 0.8.0, c 0.8.0 and 2 more');
  });

  it('takes nothing from outside for markup', () => {
    const hostile = [{ what: '<img src=x>', reason: '`|<script>' }];
    expect(textOf({ ...report, drift: hostile, comparison: null })).not.toMatch(/(?<!\\)<(img|script)/);
  });

  it('is JSON with the comparison', () => {
    const { comparison, ...rest } = JSON.parse(releasesToJson(report));
    expect(rest).toEqual({ version: 1, releases: report.releases, drift });
    expect(comparison.benchmarks).toMatchObject([{ id: 'demo/a', verdict: 'slower' }]);
    expect(JSON.parse(releasesToJson({ ...report, comparison: null })).comparison).toBeNull();
  });
});
