// A figure run by run: a line and a band of its intervals for each machine, and lines where something changed.
import uPlot from 'uplot';
import { colour } from '../../page/client/index.js';
import { formatValue } from '../../units/index.js';
import type { TrendChartData } from '../trend-chart.js';

const HEIGHT = 320;
const SERIES_COLOURS = 8;
const FONT = '12px system-ui, sans-serif';

/** Draws the chart into its box, and again where its width or the colours change. A click opens the run. */
export function drawTrend(holder: HTMLElement, data: TrendChartData): void {
  const width = () => Math.max(240, Math.floor(holder.clientWidth));
  const plot = new uPlot({ ...optionsOf(data), width: width(), height: HEIGHT }, columnsOf(data), holder);
  new ResizeObserver(() => plot.setSize({ width: width(), height: HEIGHT })).observe(holder);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw());
  plot.over.addEventListener('click', () => {
    const run = data.runs[plot.cursor.idx ?? -1];
    if (run) location.assign(`/run?${new URLSearchParams({ id: run.id })}`);
  });
}

function columnsOf({ runs, lines }: TrendChartData): uPlot.AlignedData {
  return [runs.map((_, index) => index), ...lines.flatMap(({ values, lows, highs }) => [values, highs, lows])];
}

function optionsOf(data: TrendChartData): Omit<uPlot.Options, 'width' | 'height'> {
  const { unit, runs, lines } = data;
  const format = (value: number | null) => (value === null ? '–' : formatValue(value, unit));
  return {
    scales: { x: { time: false }, y: { range: (_, low, high) => rangeOf(data, low, high) } },
    axes: [
      axis(34, (at) => (Number.isInteger(at) ? (runs[at]?.label.split(' · ')[0] ?? '') : '')),
      axis(80, (value) => formatValue(value, unit)),
    ],
    series: [
      { label: 'run', value: (_, at) => (at === null ? '–' : (runs[at]?.label ?? '')) },
      ...lines.flatMap(({ name }, index) => [
        {
          label: name,
          stroke: series(index),
          width: 1.25,
          points: { show: runs.length <= 60 },
          value: (_: uPlot, value: number | null) => format(value),
        },
        bound('high', format),
        bound('low', format),
      ]),
    ],
    bands: lines.map((_, index) => ({
      series: [3 * index + 2, 3 * index + 3] as [number, number],
      fill: () => `${series(index)()}33`,
    })),
    hooks: { draw: [(plot) => drawChanges(plot, data)] },
  };
}

/**
 * What the chart shows: all figures, and their intervals no further than the largest figure beyond. That of two launches may
 * reach a hundred times as high, beside which nobody would see figures differ; the legend has its ends.
 */
function rangeOf({ lines }: TrendChartData, low: number, high: number): uPlot.Range.MinMax {
  const figures = lines.flatMap(({ values }) => values.flatMap((value) => value ?? []));
  if (figures.length === 0) return [low, high];
  const reach = Math.max(...figures.map(Math.abs));
  const [least, most] = [Math.max(low, Math.min(...figures) - reach), Math.min(high, Math.max(...figures) + reach)];
  return uPlot.rangeNum(least, most, 0.1, true);
}

/** An end of the interval: seen as the edge of the band, and as a number in the legend. */
function bound(label: string, format: (value: number | null) => string): uPlot.Series {
  return { label, width: 0, points: { show: false }, value: (_, value) => format(value) };
}

function axis(size: number, format: (value: number) => string): uPlot.Axis {
  return {
    size,
    font: FONT,
    space: 90,
    stroke: () => colour('--quiet'),
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { stroke: () => colour('--line'), width: 1, size: 4 },
    values: (_, splits) => splits.map(format),
  };
}

function drawChanges(plot: uPlot, { changes, marks }: TrendChartData): void {
  for (const [index, { at }] of marks.entries())
    line(plot, at, { colour: colour('--note'), dash: [2, 4], text: String(index + 1), row: 2 });
  for (const { at, tone, text } of changes) line(plot, at, { colour: colour(`--${tone}`), dash: [6, 3], text, row: 1 });
}

function line(plot: uPlot, at: number, look: { colour: string; dash: number[]; text: string; row: number }): void {
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(at, 'x', true));
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = look.colour;
  ctx.fillStyle = look.colour;
  ctx.setLineDash(look.dash.map((length) => length * devicePixelRatio));
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  const room = bbox.left + bbox.width - x;
  ctx.textAlign = room < ctx.measureText(look.text).width + 8 ? 'right' : 'left';
  ctx.fillText(
    look.text,
    x + (ctx.textAlign === 'left' ? 4 : -4) * devicePixelRatio,
    bbox.top + 14 * look.row * devicePixelRatio,
  );
  ctx.restore();
}

function series(index: number): () => string {
  return () => colour(`--series-${(index % SERIES_COLOURS) + 1}`);
}
