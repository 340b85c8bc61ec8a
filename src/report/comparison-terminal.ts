// A comparison as text for a terminal: what differs first, then what is unclear, then how many are the same.

import Table from 'cli-table3';
import {
  INTERVAL_CONFIDENCE,
  type InstructionChange,
  type LaunchComparison,
  type RunComparison,
} from '../compare/index.js';
import { counted } from '../units/index.js';
import {
  comparisonNotes,
  counterText,
  countVerdicts,
  formatChange,
  formatChangeInterval,
  formatInstructions,
  formatNoiseFloor,
  formatRateOfFalseCalls,
  formatTypical,
  hasNoiseFloor,
  inOrderOfInterest,
  instructionsByCase,
  instructionsText,
  isOfInterest,
  settleText,
  sideTexts,
} from './comparison-words.js';
import { explanationWords } from './explanation-words.js';
import { type Paint, paint } from './paint.js';
import { plainText } from './plain-text.js';
import { wrapText } from './wrap-text.js';

type Case = LaunchComparison['cases'][number];

/** How the text is laid out. */
export interface ComparisonTextOptions {
  width: number;
  colour: boolean;
  /** Whether cases that are the same are listed, instead of counted only. */
  all: boolean;
}

/** What the columns mean. */
function legend({ cases }: LaunchComparison): string {
  const noise = hasNoiseFloor(cases) ? '; noise is what two runs of the same code lay apart so far' : '';
  return `A change stands with its ${INTERVAL_CONFIDENCE * 100} % interval over launches; q is the expected share of false calls among cases as clear as this one${noise}.`;
}

/** Two runs as text. */
export function runComparisonText(comparison: RunComparison, options: ComparisonTextOptions): string {
  const style = paint(options);
  const [base, head] = sideTexts(comparison);
  const counters = comparison.counters.map(counterText);
  return blocks(
    [
      `${style.bold('base')}  ${base}\n${style.bold('head')}  ${head}`,
      [heading(comparison, style), instructionsText(comparison)].filter((line) => line !== '').join('\n'),
      table(comparison, { style, all: options.all, inNs: true }),
      counters.length > 0 ? `${style.bold('Allocator')}\n${counters.map((text) => `  ${text}`).join('\n')}` : '',
      explanations(comparison, style),
      comparisonNotes(comparison).join('\n'),
      style.dim(legend(comparison)),
    ],
    options.width,
  );
}

function explanations(comparison: RunComparison, style: Paint): string {
  const texts = explanationWords(comparison).map(({ caseId, summary, frames, notes, page }) =>
    [
      `${style.bold(caseId)}  ${summary}`,
      ...[...frames, ...notes].map((line) => `  ${line}`),
      ...(page === undefined ? [] : [`  Flame graph: ${page}`]),
    ].join('\n'),
  );
  return texts.length === 0 ? '' : [style.bold('Why slower'), ...texts].join('\n');
}

/** Samples from elsewhere as text; their unit is not known. */
export function launchComparisonText(comparison: LaunchComparison, options: ComparisonTextOptions): string {
  const style = paint(options);
  return blocks(
    [
      heading(comparison, style),
      table(comparison, { style, all: options.all, inNs: false }),
      comparison.machineState === null ? '' : style.yellow(comparison.machineState.text),
      settleText(comparison.cases),
      style.dim(legend(comparison)),
    ],
    options.width,
  );
}

function blocks(parts: readonly string[], width: number): string {
  const shown = parts.filter((part) => part !== '');
  return `${shown.map((part) => (part.includes('│') ? part : wrapText(part, Math.max(80, width)))).join('\n\n')}\n`;
}

function heading({ cases }: LaunchComparison, style: Paint): string {
  return style.bold(`${counted(cases.length, 'case')}: ${countVerdicts(cases)}`);
}

function table(
  comparison: LaunchComparison,
  { style, all, inNs }: { style: Paint; all: boolean; inNs: boolean },
): string {
  const instructions = instructionsByCase(comparison);
  const shown = inOrderOfInterest(comparison.cases).filter((each) => all || isOfInterest(each, instructions));
  if (shown.length === 0) return '';
  const times = inNs ? ['base → head'] : [];
  const counted = instructions.size > 0 ? ['instr.'] : [];
  const noise = hasNoiseFloor(comparison.cases) ? ['noise'] : [];
  const head = ['case', 'verdict', 'change', 'interval', ...noise, ...counted, ...times, 'launches', 'q'];
  const rows = new Table({
    head,
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, index) => (index < 2 ? 'left' : 'right')),
  });
  for (const each of shown)
    rows.push([
      plainText(each.id),
      paintVerdict(each, style),
      formatChange(each.ratio),
      formatChangeInterval(each),
      ...noise.map(() => formatNoiseFloor(each)),
      ...counted.map(() => paintInstructions(instructions.get(each.id), style)),
      ...(inNs ? [formatTypical(each)] : []),
      `${each.launches.base} | ${each.launches.head}`,
      formatRateOfFalseCalls(each.qValue),
    ]);
  return rows.toString();
}

function paintVerdict({ verdict }: Case, style: Paint): string {
  return colourOf(verdict, style)(verdict);
}

function paintInstructions(change: InstructionChange | undefined, style: Paint): string {
  return colourOf(change?.verdict ?? 'same', style)(formatInstructions(change));
}

function colourOf(verdict: Case['verdict'], style: Paint): (text: string) => string {
  return { slower: style.red, faster: style.green, unclear: style.yellow, same: style.dim }[verdict];
}
