// A comparison as one HTML file without a script: a row for each case with its interval drawn as a bar.
import { createHash } from 'node:crypto';
import type { InstructionChange, LaunchComparison, RunComparison } from '../compare/index.js';
import { escapeHtml } from '../page/index.js';
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
  sideTexts,
} from './comparison-words.js';
import { explanationWords } from './explanation-words.js';

type Case = LaunchComparison['cases'][number];

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .6rem; text-align: right; border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
th:first-child, td:first-child, th:nth-child(2), td:nth-child(2) { text-align: left; }
td:first-child { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
svg { width: 12rem; height: 1rem; vertical-align: middle; }
line { stroke: currentColor; stroke-opacity: .4; }
.slower { color: light-dark(#b3261e, #ff8a80); } .faster { color: light-dark(#1b6e32, #7bd88f); }
.unclear { color: light-dark(#8a5a00, #ffc766); } .same { opacity: .75; }
rect { fill: currentColor; } circle { fill: currentColor; }
`;
/** Widest change that the bars show, on a logarithmic scale; the ends of wider ones are cut. */
const LEAST_REACH = Math.log(1.1);
const MOST_REACH = Math.log(2);
const BAR = { width: 200, height: 16 };

/** Two runs as an HTML page that needs nothing else. */
export function comparisonToHtml(comparison: RunComparison): string {
  const cases = inOrderOfInterest(comparison.cases);
  const [base, head] = sideTexts(comparison).map(escapeHtml);
  const reach = reachOf(cases);
  const instructions = instructionsByCase(comparison);
  const counted = instructions.size > 0;
  const noisy = hasNoiseFloor(cases);
  const optional = (each: Case) =>
    `${noisy ? cell(formatNoiseFloor(each)) : ''}${counted ? instructionsCell(instructions.get(each.id)) : ''}`;
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>forgebench: ${[comparison.base, comparison.head].map(({ version, id }) => escapeHtml(version ?? id)).join(' against ')}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(countVerdicts(cases))}</h1>
<p>Base: ${base}<br>Head: ${head}</p>
${counted ? `<p>${escapeHtml(instructionsText(comparison))}</p>` : ''}
${list(comparisonNotes(comparison))}
<table>
<thead><tr><th>case</th><th>verdict</th><th>change</th><th>interval</th><th>−${percent(reach)} … +${percent(reach)}</th>${noisy ? '<th>noise</th>' : ''}${counted ? '<th>instr.</th>' : ''}<th>base → head</th><th>launches</th><th>q</th></tr></thead>
<tbody>
${cases.map((each) => row(each, reach, optional(each))).join('\n')}
</tbody>
</table>
${explanations(comparison)}
${comparison.counters.length > 0 ? `<h2>Allocator</h2>${list(comparison.counters.map(counterText))}` : ''}
</body>
</html>
`;
}

/** @param optional cells of columns that some comparisons have */
function row(each: Case, reach: number, optional: string): string {
  const cells = [
    escapeHtml(each.id),
    each.verdict,
    formatChange(each.ratio),
    formatChangeInterval(each),
    bar(each, reach),
  ].map(cell);
  const others = [
    formatTypical(each),
    `${each.launches.base} / ${each.launches.head}`,
    escapeHtml(formatRateOfFalseCalls(each.qValue)),
  ].map(cell);
  const title = each.reason === undefined ? '' : ` title="${escapeHtml(each.reason)}"`;
  return `<tr class="${each.verdict}"${title}>${[...cells, optional, ...others].join('')}</tr>`;
}

function cell(content: string): string {
  return `<td>${content}</td>`;
}

function instructionsCell(change: InstructionChange | undefined): string {
  return `<td class="${change?.verdict ?? 'same'}">${escapeHtml(formatInstructions(change))}</td>`;
}

/** The interval as a bar around the middle, which is no change. */
function bar({ ratio, low, high }: Case, reach: number): string {
  const at = (value: number) => {
    const share = Math.max(-1, Math.min(1, Math.log(value) / reach));
    return Math.round((1 + share) * (BAR.width / 2) * 10) / 10;
  };
  const middle = BAR.width / 2;
  return `<svg viewBox="0 0 ${BAR.width} ${BAR.height}" role="img" aria-label="${escapeHtml(formatChangeInterval({ ratio, low, high } as Case))}"><line x1="${middle}" y1="0" x2="${middle}" y2="${BAR.height}"/><rect x="${at(low)}" y="6" width="${Math.max(1, at(high) - at(low))}" height="4"/><circle cx="${at(ratio)}" cy="8" r="4"/></svg>`;
}

function reachOf(cases: readonly Case[]): number {
  const widest = Math.max(...cases.flatMap(({ low, high }) => [-Math.log(low), Math.log(high)]), LEAST_REACH);
  return Math.min(MOST_REACH, widest);
}

function percent(reach: number): string {
  return `${Math.round(Math.expm1(reach) * 100)} %`;
}

function explanations(comparison: RunComparison): string {
  const parts = explanationWords(comparison).map(({ caseId, summary, frames, notes, page }) => {
    const link = page === undefined ? '' : `<p><a href="${escapeHtml(linkTo(page))}">Differential flame graph</a></p>`;
    return `<h3>${escapeHtml(caseId)}</h3><p>${escapeHtml(summary)}</p>${list([...frames, ...notes])}${link}`;
  });
  return parts.length === 0 ? '' : `<h2>Why slower</h2>${parts.join('')}`;
}

/** The leading `./` is what keeps `javascript:` and other schemes from being one. */
function linkTo(page: string): string {
  return `./${page.split('/').map(encodeURIComponent).join('/')}`;
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? '' : `<ul>${texts.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`;
}
