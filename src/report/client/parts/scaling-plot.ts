// How time grows with size: a log–log plot with intervals, and the line of the growth exponent through them.
import type uPlot from 'uplot';
import { element } from '../../../page/client/index.js';
import type { Growth } from '../../../statistics/index.js';
import { formatCount, formatNs } from '../../../units/index.js';
import { estimateOf, exponentText, parametersText } from '../../figures.js';
import { logAxis, type PlotInput, plot, plotCard, seriesColour } from './plot.js';

// Series of uPlot: 0 is x, then points and line of each growth in turn.
const PER_GROWTH = 2;
const CAP = 4;

/** The card with the plot and the exponents in words. */
export function scalingPlot(growths: readonly Growth[]): HTMLElement | undefined {
  const drawn = growths.filter(({ points }) => points.filter(isLoggable).length >= 2);
  const [first] = drawn;
  if (first === undefined) return undefined;
  const exponents = drawn.map((growth) => element('li', {}, `${nameOf(growth)}: ${exponentText(growth)}`));
  const label = `Growth of time with ${first.parameter}, both logarithmic. ${drawn.map(exponentText).join('; ')}`;
  const { element: holder } = plot(label, () => scaling(drawn));
  return plotCard(`Growth with ${first.parameter}`, element('ul', { class: 'exponents' }, ...exponents), holder);
}

type Point = Growth['points'][number];

function scaling(growths: readonly Growth[]): PlotInput {
  const sizes = [...new Set(growths.flatMap(({ points }) => points.filter(isLoggable).map(({ size }) => size)))];
  sizes.sort((a, b) => a - b);
  const columns = growths.flatMap((growth) => {
    const line = fittedLine(growth);
    return [sizes.map((size) => pointAt(growth, size)?.p50.value ?? null), sizes.map((size) => line?.(size) ?? null)];
  });
  const [smallest = 1] = sizes;
  const largest = sizes[sizes.length - 1] ?? smallest;
  const [low, high] = span(growths);
  return {
    data: [sizes, ...columns],
    options: {
      scales: {
        x: { time: false, distr: 3, range: [smallest / 1.6, largest * 1.6] },
        y: { distr: 3, range: [low / 2, high * 2] },
      },
      axes: [logAxis(growths[0]?.parameter ?? '', formatCount, 34), logAxis('p50 of one operation', formatNs, 62)],
      series: [
        { label: growths[0]?.parameter ?? '', value: (_, value) => (value === null ? '–' : formatCount(value)) },
        ...growths.flatMap(seriesOf),
      ],
      hooks: { draw: [(u) => drawIntervals(u, growths)] },
    },
  };
}

function seriesOf(growth: Growth, index: number): uPlot.Series[] {
  const value = (_: uPlot, ns: number | null) => (ns === null ? '–' : formatNs(ns));
  const stroke = seriesColour(index);
  return [
    {
      label: legendOf(growth),
      stroke,
      width: 0,
      paths: () => null,
      points: { show: true, size: 8, fill: stroke },
      value,
    },
    {
      label: `fit of ${legendOf(growth)}`,
      stroke,
      width: 1.5,
      dash: [6, 4],
      spanGaps: true,
      points: { show: false },
      value,
    },
  ];
}

/** The power law with the exponent of the growth through the middle of its points, as far as they reach. */
function fittedLine({ exponent, points }: Growth): ((size: number) => number | undefined) | undefined {
  const slope = estimateOf(exponent)?.value;
  const usable = points.filter(isLoggable);
  if (slope === undefined || usable.length === 0) return undefined;
  const mean = (of: (point: Point) => number) => usable.reduce((sum, point) => sum + of(point), 0) / usable.length;
  const intercept = mean(({ p50 }) => Math.log(p50.value)) - slope * mean(({ size }) => Math.log(size));
  const sizes = usable.map(({ size }) => size);
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  const within = (size: number) => size >= smallest && size <= largest;
  return (size) => (within(size) ? Math.exp(intercept + slope * Math.log(size)) : undefined);
}

function drawIntervals(u: uPlot, growths: readonly Growth[]): void {
  const { ctx } = u;
  const cap = CAP * devicePixelRatio;
  ctx.save();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  growths.forEach(({ points }, index) => {
    if (u.series[1 + index * PER_GROWTH]?.show === false) return;
    ctx.strokeStyle = seriesColour(index)();
    for (const { size, p50 } of points.filter(isLoggable)) {
      const x = u.valToPos(size, 'x', true);
      const low = u.valToPos(Math.max(p50.low, Number.MIN_VALUE), 'y', true);
      const high = u.valToPos(p50.high, 'y', true);
      ctx.beginPath();
      for (const [from, to, y] of [
        [x - cap, x + cap, low],
        [x - cap, x + cap, high],
      ] as const) {
        ctx.moveTo(from, y);
        ctx.lineTo(to, y);
      }
      ctx.moveTo(x, low);
      ctx.lineTo(x, high);
      ctx.stroke();
    }
  });
  ctx.restore();
}

function span(growths: readonly Growth[]): [low: number, high: number] {
  const values = growths.flatMap(({ points }) => points.filter(isLoggable).map(({ p50 }) => p50.value));
  return [Math.min(...values), Math.max(...values)];
}

function pointAt({ points }: Growth, size: number): Point | undefined {
  return points.find((point) => point.size === size && isLoggable(point));
}

/** Only sizes and times above zero have a place on logarithmic axes. */
function isLoggable({ size, p50 }: Point): boolean {
  return size > 0 && p50.value > 0;
}

function legendOf({ fixed }: Growth): string {
  return parametersText(fixed) || 'p50';
}

function nameOf({ fixed, parameter }: Growth): string {
  const text = parametersText(fixed);
  return text === '' ? parameter : text;
}
