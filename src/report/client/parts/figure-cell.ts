// Cells of figures: a value with its interval, a small histogram, the targets of a case.
import { element } from '../../../page/client/index.js';
import type { Figure, Summary, TargetResult } from '../../../statistics/index.js';
import { formatNs } from '../../../units/index.js';
import {
  distributionBars,
  estimateOf,
  extrapolationText,
  figureOfTarget,
  formatOfTarget,
  intervalText,
  targetSign,
  valueText,
} from '../../figures.js';
import { box, chip } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const BINS = 16;
const BAR = 4;
const HEIGHT = 20;

/** A table cell with a value and, below it, its interval; where there is none, a dash that says why. */
export function figureCell(figure: Figure, format: (value: number) => string): HTMLTableCellElement {
  const cell = element('td', { class: 'figure' }, element('span', { class: 'value' }, valueText(figure, format)));
  if ('missing' in figure) {
    cell.classList.add('missing');
    cell.title = figure.missing;
    return cell;
  }
  cell.append(element('span', { class: 'interval' }, intervalText(figure, format)));
  const { low, high } = figure.estimate;
  cell.title = `95 % interval: ${format(low)} to ${format(high)}`;
  return cell;
}

/** A table cell with the histogram of a case's samples. */
export function distributionCell(summary: Summary | undefined): HTMLTableCellElement {
  const bars = summary === undefined ? [] : distributionBars(summary, BINS);
  const cell = element('td', { class: 'distribution' });
  if (summary === undefined || bars.length === 0) return cell;
  const quantiles = summary.distributionNs;
  const label = `Samples from ${formatNs(quantiles[0] ?? 0)} to ${formatNs(quantiles[quantiles.length - 1] ?? 0)}`;
  cell.append(histogramSvg(bars, label));
  return cell;
}

/** Targets of a case as chips; those of other parameter values are quiet. */
export function targetChips(summary: Summary): HTMLElement {
  return box('chips', ...summary.targets.map((result) => targetChip(summary, result)));
}

function targetChip(summary: Summary, result: TargetResult): HTMLElement {
  const tone = { met: 'good', missed: 'bad', unclear: 'doubt' }[result.status];
  const made = chip(
    `${targetSign(result)} ${result.target.text}${extrapolationText(summary, result)}`,
    result.applies ? tone : 'quiet',
  );
  const figure = figureOfTarget(summary, result);
  const format = formatOfTarget(result);
  const is = estimateOf(figure)
    ? `it is ${valueText(figure, format)} ${intervalText(figure, format)}`
    : 'there is no figure';
  made.title = `${result.status}: ${is}${result.applies ? '' : '; the target names other parameter values'}`;
  return made;
}

function histogramSvg(bars: readonly number[], label: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const highest = Math.max(...bars);
  svg.setAttribute('viewBox', `0 0 ${bars.length * BAR} ${HEIGHT}`);
  svg.setAttribute('width', String(bars.length * BAR));
  svg.setAttribute('height', String(HEIGHT));
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  bars.forEach((count, index) => {
    const height = count === 0 ? 0 : Math.max(1, (count / highest) * HEIGHT);
    const bar = document.createElementNS(SVG, 'rect');
    const place = { x: index * BAR, y: HEIGHT - height, width: BAR - 1, height };
    for (const [name, value] of Object.entries(place)) bar.setAttribute(name, String(value));
    svg.append(bar);
  });
  return svg;
}
