// What all tracks share: their axis of time, the pointer and the stretch that is looked at.
import uPlot from 'uplot';
import { colour, element } from '../../page/client/index.js';

/** Seconds on the axis of time. */
export const SECOND_NS = 1e9;

/** A track: series over time in seconds. */
export interface Track {
  title: string;
  /** In words, what is to be seen; nothing where there is something to draw. */
  missing?: string;
  data: uPlot.AlignedData;
  series: uPlot.Series[];
  /** How values are told on the axis and at the pointer. */
  text(value: number): string;
  /** Highest value of the axis, where it is fixed. */
  most?: number;
  /** Steps of the axis are powers of two, as bytes have them. */
  binary?: boolean;
}

const HEIGHT = 130;
const AXIS_SIZE = 70;
const RIGHT = 13;
const POWERS_OF_TWO = Array.from({ length: 50 }, (_, power) => 2 ** power);
const FONT = '12px system-ui, sans-serif';

/** Draws the tracks; dragging over one shows the same stretch of all, and tells it as parts of the whole, in [0, 1]. */
export function drawTracks(
  holder: HTMLElement,
  tracks: readonly Track[],
  { durationNs, onRange }: { durationNs: number; onRange(from: number, to: number): void },
): void {
  const whole = { min: 0, max: durationNs / SECOND_NS };
  const plots: uPlot[] = [];
  let following = false;
  const follow = (range: { min: number; max: number }) => {
    if (following) return;
    following = true;
    for (const plot of plots) plot.setScale('x', range);
    onRange(range.min / whole.max, range.max / whole.max);
    following = false;
  };
  for (const track of tracks) {
    const box = element('section', { class: 'track' }, element('h2', {}, track.title));
    holder.append(box);
    if (track.missing !== undefined) box.append(element('p', { class: 'hint' }, track.missing));
    else plots.push(new uPlot(optionsOf(track, { width: widthOf(holder), whole, follow }), track.data, box));
  }
  new ResizeObserver(() => {
    for (const plot of plots) plot.setSize({ width: widthOf(holder), height: HEIGHT });
  }).observe(holder);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    for (const plot of plots) plot.redraw();
  });
}

interface Range {
  min: number;
  max: number;
}

function optionsOf(
  { series, text, most, binary }: Track,
  { width, whole, follow }: { width: number; whole: Range; follow(range: Range): void },
): uPlot.Options {
  return {
    width,
    height: HEIGHT,
    padding: [8, RIGHT, 0, 0],
    cursor: { sync: { key: 'time', setSeries: false }, drag: { x: true, y: false } },
    scales: {
      x: { time: false, range: (_, min, max) => [min ?? whole.min, max ?? whole.max] },
      y: { range: (_, __, max) => [0, most ?? Math.max(max * 1.05, 1e-9)] },
    },
    axes: [
      axis((value) => `${Number(value.toPrecision(6))} s`, 26),
      { ...axis(text, AXIS_SIZE), ...(binary && { incrs: POWERS_OF_TWO }) },
    ],
    series: [{ label: 'time', value: (_, value) => (value === null ? '' : `${value.toFixed(3)} s`) }, ...series],
    hooks: {
      init: [
        (plot) => {
          plot.setScale('x', whole);
          plot.over.addEventListener('dblclick', () => follow(whole));
        },
      ],
      setSelect: [
        (plot) => {
          if (plot.select.width < 3) return;
          const [from, to] = [plot.select.left, plot.select.left + plot.select.width];
          follow({ min: plot.posToVal(from, 'x'), max: plot.posToVal(to, 'x') });
        },
      ],
    },
  };
}

function axis(text: (value: number) => string, size: number): uPlot.Axis {
  return {
    size,
    font: FONT,
    stroke: () => colour('--quiet'),
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { stroke: () => colour('--line'), width: 1, size: 4 },
    values: (_, splits) => splits.map((split) => (split === null ? '' : text(split))),
  };
}

function widthOf(holder: HTMLElement): number {
  return Math.max(300, Math.floor(holder.clientWidth));
}
