// What all plots share: they are drawn when they come into sight, fit their box, and follow the theme.
import uPlot from 'uplot';
import { colour, element } from '../../../page/client/index.js';
import { box } from './dom.js';
import { onThemeChange } from './theme.js';

const HEIGHT = 260;
const SERIES_COLOURS = 8;
const TIMES = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
] as const;

/** What uPlot needs beside its size. */
export interface PlotInput {
  options: Omit<uPlot.Options, 'width' | 'height'>;
  data: uPlot.AlignedData;
}

/** A box that draws itself; `label` says in words what the plot shows, for those who do not see it. */
export function plot(label: string, make: () => PlotInput): { element: HTMLElement; redraw: () => void } {
  const holder = element('div', { class: 'plot', role: 'img', 'aria-label': label });
  let drawn: uPlot | undefined;
  const draw = () => {
    drawn?.destroy();
    const { options, data } = make();
    drawn = new uPlot({ ...options, width: widthOf(holder), height: HEIGHT }, data, holder);
  };
  const sight = new IntersectionObserver(
    (entries) => {
      if (drawn === undefined && entries.some((entry) => entry.isIntersecting)) draw();
    },
    { rootMargin: '600px' },
  );
  sight.observe(holder);
  new ResizeObserver(() => drawn?.setSize({ width: widthOf(holder), height: HEIGHT })).observe(holder);
  addEventListener('beforeprint', () => drawn ?? draw());
  onThemeChange(() => drawn?.redraw());
  return { element: holder, redraw: () => (drawn === undefined ? undefined : draw()) };
}

/** A titled box around a plot. */
export function plotCard(title: string, ...children: readonly Node[]): HTMLElement {
  return box('card plot-card', element('h4', {}, title), ...children);
}

/** The colour of the series with an index, looked up each time it is drawn. */
export function seriesColour(index: number): () => string {
  return () => colour(`--series-${(index % SERIES_COLOURS) + 1}`);
}

/** An axis in the colours of the page. */
export function axis(label: string, format: (value: number) => string, size: number): uPlot.Axis {
  return {
    label,
    labelSize: 18,
    labelFont: '12px system-ui, sans-serif',
    font: '12px system-ui, sans-serif',
    size,
    stroke: () => colour('--quiet'),
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { stroke: () => colour('--line'), width: 1, size: 4 },
    values: (_, splits) => splits.map((split) => (split === null ? '' : withoutZeros(format(split)))),
  };
}

/** `10 µs` for `10.0 µs`: on an axis, zeros after the point say nothing. */
function withoutZeros(text: string): string {
  return text.replace(/(\.\d*?)0+ /, '$1 ').replace('. ', ' ');
}

/** A linear axis of times in nanoseconds, with as many digits as its steps need to differ. */
export function timeAxis(label: string, size: number): uPlot.Axis {
  return { ...axis(label, String, size), space: 80, values: (_, splits) => timeLabels(splits) };
}

function timeLabels(splits: readonly number[]): string[] {
  const [unit, name] = TIMES.find(([size]) => Math.max(...splits) >= size) ?? [1, 'ns'];
  const step = splits.length > 1 ? Math.abs((splits[1] ?? 0) - (splits[0] ?? 0)) / unit : 1;
  const digits = Math.min(6, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  return splits.map((split) => `${(split / unit).toFixed(digits)} ${name}`);
}

/** An axis with a logarithmic scale: it names powers of ten, or 1, 2 and 5 of them where the range is short. */
export function logAxis(label: string, format: (value: number) => string, size: number): uPlot.Axis {
  return { ...axis(label, format, size), splits: (_, __, low, high) => logSplits(low, high) };
}

function logSplits(low: number, high: number): number[] {
  const steps = high / low > 60 ? [1] : [1, 2, 5];
  const splits: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    splits.push(...steps.map((step) => step * 10 ** power).filter((split) => split >= low && split <= high));
  }
  return splits;
}

function widthOf(holder: HTMLElement): number {
  return Math.max(200, Math.floor(holder.clientWidth));
}
