// What all plots share: they are drawn when they come into sight, fit their box, and follow the theme.
import uPlot from 'uplot';
import { box, element } from './dom.js';
import { colour, onThemeChange } from './theme.js';

const HEIGHT = 260;
const SERIES_COLOURS = 8;

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
    values: (_, splits) => splits.map((split) => (split === null ? '' : format(split))),
  };
}

function widthOf(holder: HTMLElement): number {
  return Math.max(200, Math.floor(holder.clientWidth));
}
