// A comparison as Markdown, for pull requests.
import type { LaunchComparison, RunComparison } from '../compare/index.js';
import {
  comparisonNotes,
  counterText,
  countVerdicts,
  formatChange,
  formatChangeInterval,
  formatTypical,
  inOrderOfInterest,
  sideTexts,
} from './comparison-words.js';
import { code, text } from './markdown-text.js';

/**
 * Two runs as Markdown: cases that changed or are unclear in a table, the others folded away.
 *
 * @example
 * comparisonToMarkdown(comparison).startsWith('## Benchmarks: ') // true
 */
export function comparisonToMarkdown(comparison: RunComparison): string {
  const { cases, counters } = comparison;
  const [base, head] = sideTexts(comparison);
  const ordered = inOrderOfInterest(cases);
  const same = ordered.filter(({ verdict }) => verdict === 'same');
  const blocks = [
    `## Benchmarks: ${countVerdicts(cases)}`,
    `Base: ${text(base)}<br>Head: ${text(head)}`,
    table(ordered.filter(({ verdict }) => verdict !== 'same')),
    counters.length > 0 ? ['Allocator:', '', ...counters.map((each) => `- ${text(counterText(each))}`)].join('\n') : '',
    comparisonNotes(comparison)
      .map((note) => `- ${text(note)}`)
      .join('\n'),
    same.length > 0
      ? `<details><summary>${same.length} cases are the same</summary>\n\n${table(same)}\n\n</details>`
      : '',
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function table(cases: LaunchComparison['cases']): string {
  if (cases.length === 0) return '';
  const rows = cases.map((each) => [
    code(each.id),
    each.verdict === 'slower' || each.verdict === 'faster' ? `**${each.verdict}**` : each.verdict,
    formatChange(each.ratio),
    formatChangeInterval(each),
    formatTypical(each),
    `${each.launches.base} / ${each.launches.head}`,
  ]);
  const head = ['case', 'verdict', 'change', 'interval', 'base → head', 'launches'];
  const rule = ['---', '---', '---:', '---:', '---:', '---:'];
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
