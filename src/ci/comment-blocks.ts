// What a pull request is told, as blocks of Markdown, the most important first.
import { failingCases, type RunComparison } from '../compare/index.js';
import { comparisonBlocks, countVerdicts, markdownCode, markdownText } from '../report/index.js';
import { formatPercent } from '../units/index.js';
import type { ComparedOutcome, PullRequestFacts, PullRequestOutcome } from './pull-request-outcome.js';

/** Of longer lists, so many names are shown. */
const MOST_NAMES = 10;

/** The comment of a pull request as blocks; short where nothing needs to be read. */
export function commentBlocks(outcome: PullRequestOutcome, facts: PullRequestFacts): string[] {
  switch (outcome.kind) {
    case 'documentation':
      return [
        '## Benchmarks: all clear',
        `Nothing was measured, because nothing that runs has changed: ${names(outcome.files)}. ${runText(facts)}`,
      ];
    case 'baseless':
      return [
        '## Benchmarks: nothing to compare with',
        ...missingText(facts),
        `${markdownText(outcome.reason)} ${runText(facts)}`,
        'Nothing is wrong with that: once this is merged there is a base.',
      ];
    case 'broken':
      return ['## Benchmarks: not measured', ...missingText(facts), `${markdownText(outcome.reason)}`, runText(facts)];
    case 'compared':
      return comparedBlocks(outcome, facts);
  }
}

function comparedBlocks(outcome: ComparedOutcome, facts: PullRequestFacts): string[] {
  const { comparison, missed, machines } = outcome;
  const { cases } = comparison;
  const isSame = cases.every(({ typical }) => typical === null);
  const missing = missingText(facts);
  if (isSame && missed.length === 0 && missing.length === 0 && !hasTrouble(comparison))
    return [
      '## Benchmarks: all clear',
      `Nothing was measured, because both versions run the same code in all ${cases.length} cases. ${runText(facts)}`,
    ];
  const [, sides = '', ...rest] = comparisonBlocks(comparison, linkTo(facts));
  return [
    `## Benchmarks: ${countVerdicts(cases)}`,
    ...missing,
    gateText(outcome),
    ...(missed.length > 0 ? [`Targets missed: ${names(missed)}.`] : []),
    ...rest,
    `${sides}<br>${[...machines].map(markdownText).join('<br>')}<br>${runText(facts)}`,
  ];
}

/** Before everything else, since without it the rest would be read as all there is. */
function missingText({ missing = [] }: PullRequestFacts): string[] {
  return missing.map((sentence) => `**${markdownText(sentence)}**`);
}

/** What makes the check fail, or that nothing does. */
function gateText({ comparison, tolerance, missed }: ComparedOutcome): string {
  const failed = failingCases(comparison, tolerance);
  const limit = formatPercent(tolerance);
  if (failed.length > 0)
    return `**Slower, and not surely by less than ${limit}: ${names(failed)}.** Both sides were launched in turn on one machine.`;
  return missed.length > 0 ? '**A target is missed.**' : `No case is slower by ${limit} or more.`;
}

function hasTrouble({ failed, leftOut }: RunComparison): boolean {
  return [failed, leftOut].some((each) => (each?.base.length ?? 0) + (each?.head.length ?? 0) > 0);
}

function names(all: readonly string[]): string {
  const shown = all.slice(0, MOST_NAMES).map(markdownCode).join(', ');
  return all.length > MOST_NAMES ? `${shown} and ${all.length - MOST_NAMES} more` : shown;
}

function runText({ base, head, runUrl }: PullRequestFacts): string {
  return `${markdownText(head)} against ${markdownText(base)}, [this run](<${runUrl}>).`;
}

/** A page of its own where files are published; else the list of files of the run, in which the path stands beside. */
function linkTo({ runUrl, pagesUrl }: PullRequestFacts): (page: string) => string {
  if (pagesUrl === undefined) return () => `${runUrl}#artifacts`;
  return (page) => `${pagesUrl.replace(/\/$/, '')}/${page.split('/').map(encodeURIComponent).join('/')}`;
}
