// A comparison as Markdown, for pull requests.
import type { InstructionChange, LaunchComparison, RunComparison } from '../compare/index.js';
import { counted } from '../units/index.js';
import {
  comparisonNotes,
  counterText,
  countVerdicts,
  formatChange,
  formatChangeInterval,
  formatInstructions,
  formatNoiseFloor,
  formatTypical,
  hasNoiseFloor,
  inOrderOfInterest,
  instructionsByCase,
  instructionsText,
  isOfInterest,
  sideTexts,
} from './comparison-words.js';
import { explanationWords } from './explanation-words.js';
import { code, text } from './markdown-text.js';

/**
 * Two runs as Markdown: cases that changed or are unclear in a table, the others folded away.
 *
 * @example
 * comparisonToMarkdown(comparison).startsWith('## Benchmarks: ') // true
 */
export function comparisonToMarkdown(comparison: RunComparison): string {
  return `${comparisonBlocks(comparison).join('\n\n')}\n`;
}

/**
 * The same as blocks, each of them Markdown by itself, for places that do not have room for all; a table is a block of its own.
 *
 * @param linkTo where the differential flame graph with this path can be opened
 */
export function comparisonBlocks(comparison: RunComparison, linkTo?: (page: string) => string): string[] {
  const { cases, counters } = comparison;
  const [base, head] = sideTexts(comparison);
  const ordered = inOrderOfInterest(cases);
  const instructions = instructionsByCase(comparison);
  const same = ordered.filter((each) => !isOfInterest(each, instructions));
  const blocks = [
    `## Benchmarks: ${countVerdicts(cases)}`,
    `Base: ${text(base)}<br>Head: ${text(head)}`,
    instructionsText(comparison),
    table(
      ordered.filter((each) => isOfInterest(each, instructions)),
      instructions,
    ),
    counters.length > 0 ? ['Allocator:', '', ...counters.map((each) => `- ${text(counterText(each))}`)].join('\n') : '',
    ...explanations(comparison, linkTo),
    comparisonNotes(comparison)
      .map((note) => `- ${text(note)}`)
      .join('\n'),
    same.length > 0
      ? `<details><summary>${counted(same.length, 'case is', 'cases are')} the same</summary>\n\n${table(same, instructions)}\n\n</details>`
      : '',
  ];
  return blocks.filter((block) => block !== '');
}

function explanations(comparison: RunComparison, linkTo?: (page: string) => string): string[] {
  return explanationWords(comparison).map(({ caseId, summary, frames, notes, page }) =>
    [
      `**Why slower:** ${code(caseId)} ${text(summary)}`,
      '',
      ...[...frames, ...notes].map((line) => `- ${text(line)}`),
      ...(page === undefined ? [] : [`- ${pageText(page, linkTo)}`]),
    ].join('\n'),
  );
}

function pageText(page: string, linkTo?: (page: string) => string): string {
  return linkTo === undefined
    ? `Differential flame graph: ${code(page)}`
    : `[Differential flame graph](<${linkTo(page)}>): ${code(page)}`;
}

function table(cases: LaunchComparison['cases'], instructions: ReadonlyMap<string, InstructionChange>): string {
  if (cases.length === 0) return '';
  const counted = instructions.size > 0;
  const noisy = hasNoiseFloor(cases);
  const rows = cases.map((each) => [
    code(each.id),
    each.verdict === 'slower' || each.verdict === 'faster' ? `**${each.verdict}**` : each.verdict,
    formatChange(each.ratio),
    formatChangeInterval(each),
    ...(noisy ? [formatNoiseFloor(each)] : []),
    ...(counted ? [boldChange(instructions.get(each.id))] : []),
    formatTypical(each),
    `${each.launches.base} / ${each.launches.head}`,
  ]);
  const head = [
    'case',
    'verdict',
    'change',
    'interval',
    ...(noisy ? ['noise'] : []),
    ...(counted ? ['instr.'] : []),
    'base → head',
    'launches',
  ];
  const rule = head.map((_, index) => (index < 2 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function boldChange(change: InstructionChange | undefined): string {
  const text = formatInstructions(change);
  return change?.verdict === 'slower' || change?.verdict === 'faster' ? `**${text}**` : text;
}
