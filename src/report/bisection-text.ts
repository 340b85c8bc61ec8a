// A search for a commit as text, Markdown and JSON.
import { formatPercent } from '../units/index.js';
import {
  type BisectionReport,
  changeWords,
  flameWords,
  type NamedCommit,
  namedSuspects,
  outcomeWords,
  shortName,
} from './bisection-report.js';
import { explanationWords } from './explanation-words.js';
import { code, text } from './markdown-text.js';
import { plainText } from './plain-text.js';
import { wrapText } from './wrap-text.js';

/** Version of the JSON of a search. */
const VERSION = 1;

/** A search as lines for a terminal of that many columns. */
export function bisectionToText(report: BisectionReport, width: number): string {
  const change = changeWords(report.change);
  const lines = [
    plainText(report.caseId),
    `  good  ${commitLine(report.good)}`,
    `  bad   ${commitLine(report.bad)}`,
    ...(change === undefined ? [] : [`  bad against good: ${change}`]),
    '',
    outcomeWords(report),
    ...namedSuspects(report).flatMap(({ commits, probability }) => [
      '',
      ...commits.map((each) => `  ${commitLine(each)}`),
      `  probability ${formatPercent(probability)}${mergeNote(commits)}`,
    ]),
    ...stepLines(report),
    ...report.skipped.map(({ commit, reason }) => `Skipped ${commitLine(commit)}: ${firstLine(reason)}`),
  ];
  return `${wrapText(lines.join('\n'), width)}\n`;
}

/** A search as Markdown. */
export function bisectionToMarkdown(report: BisectionReport): string {
  const { good, bad, change, step, skipped } = report;
  const flame = flameWords(report);
  const words = step === null ? [] : explanationWords(step.comparison);
  const blocks = [
    `## Bisection: ${code(report.caseId)}`,
    text(outcomeWords(report)),
    list(
      namedSuspects(report).flatMap(({ commits, probability }) =>
        commits.map(
          (each) => `**${code(shortName(each.hash))}** ${text(commitWords(each))}, ${formatPercent(probability)}`,
        ),
      ),
    ),
    list([
      `Good: ${code(shortName(good.hash))} ${text(commitWords(good))}`,
      `Bad: ${code(shortName(bad.hash))} ${text(commitWords(bad))}`,
      ...(change === null ? [] : [`Bad against good: ${text(changeWords(change) ?? 'not measured')}`]),
      ...(step === null
        ? []
        : [
            `Against ${code(shortName(step.before.hash))} before it: ${text(changeWords(step.comparison) ?? 'not measured')}`,
          ]),
      ...(flame === undefined
        ? []
        : [
            'page' in flame ? `Differential flame graph: ${code(flame.page)}` : `Not explained: ${text(flame.failure)}`,
          ]),
    ]),
    ...words.map(({ frames }) => list(frames.map((frame) => text(frame)))),
    list(skipped.map(({ commit, reason }) => `Skipped ${code(shortName(commit.hash))}: ${text(firstLine(reason))}`)),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** A search as JSON: what is in {@link BisectionReport}, with a version. */
export function bisectionToJson(report: BisectionReport): string {
  return `${JSON.stringify({ version: VERSION, ...report }, null, 2)}\n`;
}

function stepLines(report: BisectionReport): string[] {
  const { step } = report;
  if (step === null) return [];
  const flame = flameWords(report);
  const [words] = explanationWords(step.comparison);
  return [
    `  against ${shortName(step.before.hash)} before it: ${changeWords(step.comparison) ?? 'not measured'}`,
    ...(words?.frames ?? []).map((frame) => `    ${frame}`),
    ...(flame === undefined
      ? []
      : [
          'page' in flame
            ? `  Differential flame graph: ${flame.page}`
            : `  Not explained: ${plainText(flame.failure)}`,
        ]),
  ];
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function commitLine(commit: NamedCommit): string {
  return plainText(`${shortName(commit.hash)}  ${commitWords(commit)}`);
}

function commitWords({ subject, author, date }: NamedCommit): string {
  return `${subject} (${author}, ${date.slice(0, 10)})`;
}

function mergeNote(commits: readonly NamedCommit[]): string {
  return commits.some(({ parents }) => parents > 1) ? '; it merges a branch: bisect that branch to go on' : '';
}

function firstLine(reason: string): string {
  return plainText(reason.split('\n')[0] as string);
}
