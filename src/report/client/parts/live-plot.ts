// Live memory over operations: a line for each case, from which its growth was read.
import type uPlot from 'uplot';
import type { Summary } from '../../../statistics/index.js';
import { formatBytes, formatCount } from '../../../units/index.js';
import { parametersText } from '../../figures.js';
import { axis, type PlotInput, plot, plotCard, seriesColour } from './plot.js';

/** Fewer readings make no line worth looking at. */
const FEWEST = 5;

/** The card with the plot; nothing where no case has a line. */
export function livePlot(summaries: readonly Summary[]): HTMLElement | undefined {
  const drawn = summaries.filter(({ memory }) => memory.series.operations.length >= FEWEST);
  if (drawn.length === 0) return undefined;
  const ends = drawn.map(({ memory: { series }, ...summary }) => {
    const [first = 0, last = 0] = [series.liveBytes[0], series.liveBytes[series.liveBytes.length - 1]];
    return `${nameOf(summary)}: from ${formatBytes(first)} to ${formatBytes(last)}`;
  });
  const { element } = plot(`Live memory over operations. ${ends.join('; ')}`, () => lines(drawn));
  return plotCard('Live memory over operations, against its start', element);
}

function lines(summaries: readonly Summary[]): PlotInput {
  const places = [...new Set(summaries.flatMap(({ memory }) => memory.series.operations))].sort((a, b) => a - b);
  const columns = summaries.map(({ memory: { series } }) => {
    const start = series.liveBytes[0] ?? 0;
    const at = new Map(series.operations.map((done, index) => [done, (series.liveBytes[index] ?? 0) - start]));
    return places.map((place) => at.get(place) ?? null);
  });
  const value = (_: uPlot, bytes: number | null) => (bytes === null ? '–' : formatBytes(bytes));
  return {
    data: [places, ...columns],
    options: {
      scales: { x: { time: false } },
      axes: [axis('operations', formatCount, 34), axis('more than at the start', formatBytes, 70)],
      series: [
        { label: 'operations', value: (_, done) => (done === null ? '–' : formatCount(done)) },
        ...summaries.map((summary, index) => ({
          label: nameOf(summary),
          stroke: seriesColour(index),
          width: 1.5,
          spanGaps: true,
          points: { show: false },
          value,
        })),
      ],
    },
  };
}

function nameOf({ parameters }: Pick<Summary, 'parameters'>): string {
  return parametersText(parameters) || 'the only case';
}
