// What newer releases of the crates under test bring: verdicts, and what no longer compiles.
import type { RunComparison } from '../compare/index.js';
import type { LeftOut } from '../store/index.js';
import { counted } from '../units/index.js';
import type { NewRelease } from '../versions/index.js';
import { comparisonToJson } from './comparison-json.js';
import { comparisonBlocks } from './comparison-markdown.js';
import { code, text } from './markdown-text.js';

/** Newer releases beside those that are measured. */
export interface ReleasesReport {
  releases: readonly NewRelease[];
  /** Suites that cannot be built with the newer releases, each with the compiler's first error. */
  drift: readonly LeftOut[];
  /** Null where there is nothing that both can run. */
  comparison: RunComparison | null;
}

/** Of more crates, a title names so many. */
const MOST_IN_TITLE = 3;

/** A line for an issue: `New releases: moduforge-model 0.8.0`. */
export function releasesTitle({ releases }: ReleasesReport): string {
  if (releases.length === 0) return 'No new releases of the crates under test';
  const named = releases.slice(0, MOST_IN_TITLE).map(({ crate, newest }) => `${crate} ${newest}`);
  const more = releases.length - named.length;
  return `New releases: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/**
 * The report as blocks of Markdown, the most important first.
 *
 * @param linkTo where the differential flame graph with this path can be opened
 * @example
 * releasesBlocks({ releases: [], drift: [], comparison: null })[0] // '## No new releases of the crates under test'
 */
export function releasesBlocks(report: ReleasesReport, linkTo?: (page: string) => string): string[] {
  const { releases, drift, comparison } = report;
  const title = `## ${text(releasesTitle(report))}`;
  if (releases.length === 0) return [title, 'The registry has nothing newer than what is measured.'];
  const table = ['| crate | measured | newest |', '| --- | --- | --- |'];
  const rows = releases.map(({ crate, pinned, newest }) => `| ${code(crate)} | ${text(pinned)} | ${text(newest)} |`);
  return [title, [...table, ...rows].join('\n'), ...driftBlocks(drift), ...comparedBlocks(report, comparison, linkTo)];
}

function driftBlocks(drift: readonly LeftOut[]): string[] {
  if (drift.length === 0) return ['Every workload compiles with them.'];
  const lines = drift.map(({ what, reason }) => `- ${text(what)}: ${code(reason)}`);
  return [
    `### API drift: ${counted(drift.length, 'part')} of the workloads cannot be built`,
    'The first error of each; what depends on it is left out of the comparison.',
    lines.join('\n'),
  ];
}

/** What drifted was said above. */
function comparedBlocks(
  { drift }: ReleasesReport,
  comparison: RunComparison | null,
  linkTo?: (page: string) => string,
): string[] {
  if (comparison === null) return ['Nothing was compared: no case can run with both.'];
  const told = new Set(drift.map(({ what }) => what));
  const { leftOut } = comparison;
  const head = leftOut?.head.filter(({ what }) => !told.has(what)) ?? [];
  return comparisonBlocks({ ...comparison, leftOut: { base: leftOut?.base ?? [], head } }, linkTo);
}

/** The report as JSON, with the comparison as `comparison.json` has it. */
export function releasesToJson({ releases, drift, comparison }: ReleasesReport): string {
  const compared = comparison === null ? null : (JSON.parse(comparisonToJson(comparison)) as object);
  return `${JSON.stringify({ version: 1, releases, drift, comparison: compared }, null, 2)}\n`;
}
