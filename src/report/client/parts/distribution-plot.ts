// How the samples of a benchmark's cases are distributed: all of them against their medians, or one as a histogram.
import uPlot from 'uplot';
import { colour, element } from '../../../page/client/index.js';
import type { Summary } from '../../../statistics/index.js';
import { formatNs, histogramBars } from '../../../units/index.js';
import { parametersText } from '../../figures.js';
import { axis, type PlotInput, plot, plotCard, seriesColour, timeAxis } from './plot.js';

const BINS = 30;

/** The card with the plot and, for several cases, the choice of what it shows. */
export function distributionPlot(summaries: readonly Summary[]): HTMLElement | undefined {
  const drawn = summaries.filter(({ distributionNs }) => distributionNs.length > 2);
  const [only] = drawn;
  if (only === undefined) return undefined;
  const choice = element('select', { 'aria-label': 'What the plot shows' });
  choice.append(element('option', { value: 'all' }, 'all cases against their medians'));
  for (const [index, summary] of drawn.entries()) {
    choice.append(element('option', { value: String(index) }, nameOf(summary)));
  }
  if (drawn.length === 1) choice.value = '0';
  const { element: holder, redraw } = plot(labelOf(drawn), () => {
    const chosen = choice.value === 'all' ? undefined : drawn[Number(choice.value)];
    return chosen === undefined ? quantiles(drawn) : histogram(chosen);
  });
  choice.addEventListener('change', redraw);
  return plotCard('Distribution of the samples', ...(drawn.length > 1 ? [choice] : []), holder);
}

function quantiles(summaries: readonly Summary[]): PlotInput {
  const lines = summaries.map(({ distributionNs }) => {
    const median = distributionNs[Math.floor(distributionNs.length / 2)] ?? 1;
    return distributionNs.map((ns) => (ns / median - 1) * 100);
  });
  const shares = (lines[0] ?? []).map((_, index, all) => (index / (all.length - 1)) * 100);
  // One far sample would flatten all lines, so the outermost hundredth of each may leave the plot.
  const inner = lines.flatMap((line) => line.slice(1, -1));
  const low = Math.min(...inner);
  const high = Math.max(...inner);
  const margin = Math.max(0.2, (high - low) * 0.06);
  const percent = (value: number) => `${value > 0 ? '+' : ''}${Number(value.toPrecision(3))} %`.replace('-', '−');
  return {
    data: [shares, ...lines],
    options: {
      scales: { x: { time: false }, y: { range: [low - margin, high + margin] } },
      axes: [axis('share of the samples', (value) => `${value} %`, 34), axis('against the median', percent, 58)],
      series: [
        { label: 'samples', value: (_, value) => (value === null ? '–' : `${value} %`) },
        ...summaries.map((summary, index) => ({
          label: nameOf(summary),
          stroke: seriesColour(index),
          width: 1.5,
          points: { show: false },
          value: (_: uPlot, value: number | null) => (value === null ? '–' : percent(value)),
        })),
      ],
    },
  };
}

function histogram({ distributionNs }: Summary): PlotInput {
  const low = distributionNs[1] ?? 0;
  const high = distributionNs[distributionNs.length - 2] ?? 0;
  const bins = high > low ? BINS : 1;
  const width = high > low ? (high - low) / bins : Math.max(1, high) * 0.02;
  const counts = histogramBars(distributionNs, { bins, low, high });
  const share = counts.map((count) => (count / distributionNs.length) * 100);
  const centres = counts.map((_, index) => low + (index + 0.5) * width);
  const bars = uPlot.paths.bars;
  return {
    data: [centres, share],
    options: {
      scales: {
        x: { time: false, range: [low - width, high + width] },
        y: { range: (_, __, most) => [0, most * 1.1] },
      },
      axes: [timeAxis('time of one operation', 34), axis('share of the samples', (value) => `${value} %`, 60)],
      series: [
        { label: 'time', value: (_, value) => (value === null ? '–' : formatNs(value)) },
        {
          label: 'samples',
          stroke: seriesColour(0),
          fill: () => `${colour('--series-1')}66`,
          width: 1,
          points: { show: false },
          ...(bars === undefined ? {} : { paths: bars({ size: [0.95, 60] }) }),
          value: (_, value) => (value === null ? '–' : `${value.toFixed(0)} %`),
        },
      ],
    },
  };
}

function nameOf({ parameters }: Summary): string {
  const text = parametersText(parameters);
  return text === '' ? 'the only case' : text;
}

function labelOf(summaries: readonly Summary[]): string {
  const spans = summaries.map((summary) => {
    const all = summary.distributionNs;
    return `${nameOf(summary)}: ${formatNs(all[0] ?? 0)} to ${formatNs(all[all.length - 1] ?? 0)}`;
  });
  return `Distribution of the samples. ${spans.join('; ')}`;
}
