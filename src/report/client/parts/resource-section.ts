// What the cases of a benchmark used of the machine: rates, and tracks of their longest launch.
import { element } from '../../../page/client/index.js';
import type { Summary } from '../../../statistics/index.js';
import { formatBytes, formatCount, formatDuration } from '../../../units/index.js';
import { parametersText } from '../../figures.js';
import { RESOURCE_METRICS } from '../../metrics.js';
import { figureCell } from './figure-cell.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 120;
const HEIGHT = 22;

/** The table, closed until somebody looks closer; nothing where no launch finished. */
export function resourceSection(summaries: readonly Summary[]): HTMLElement | undefined {
  const measured = summaries.filter(({ launches }) => launches.time + launches.memory > 0);
  if (measured.length === 0) return undefined;
  const heading = (title: string, why: string) => element('th', { scope: 'col', class: 'figure', title: why }, title);
  const head = [
    element('th', { scope: 'col' }, 'case'),
    heading('cores', 'Cores in use, of the threads that were on a core for at least 1 % of the time.'),
    heading('CPU', 'Busy cores over the time of the longest launch, its start and set-up included.'),
    heading('RSS', 'Resident memory over the same time.'),
    heading('read, written', 'Bytes read and written over the same time.'),
    ...RESOURCE_METRICS.map(({ title, why }) => heading(title, why)),
  ];
  const body = measured.map((summary) => element('tr', {}, ...cellsOf(summary)));
  const table = element(
    'table',
    { class: 'cases' },
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...body),
  );
  const label = 'Resources';
  const scroll = element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label }, table);
  return element('details', { class: 'more' }, element('summary', {}, label), scroll);
}

function cellsOf({ parameters, resources }: Summary): HTMLTableCellElement[] {
  const { timeline, threads, cores } = resources;
  const many = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
  const used = cores === null || threads === null ? '–' : `${cores} of ${many(threads, 'thread')}`;
  const cell = (...children: readonly (Node | string)[]) => element('td', { class: 'figure' }, ...children);
  const tracks =
    timeline === null
      ? [cell('–'), cell('–'), cell('–')]
      : [
          cell(track([timeline.cores], { timeline, name: 'busy cores', format: formatCount })),
          cell(track([timeline.residentBytes], { timeline, name: 'resident', format: formatBytes })),
          cell(
            track([timeline.readBytes, timeline.writtenBytes], {
              timeline,
              name: 'bytes a point',
              format: formatBytes,
            }),
          ),
        ];
  return [
    element('th', { scope: 'row' }, parametersText(parameters) || 'the only case'),
    cell(used),
    ...tracks,
    ...RESOURCE_METRICS.map((metric) => figureCell(resources[metric.key as 'busy'], metric.format)),
  ];
}

interface TrackOptions {
  timeline: { atMs: readonly number[] };
  name: string;
  format(value: number): string;
}

/** Lines over the time of a launch, from zero to the highest of all. */
function track(lines: readonly (readonly number[])[], { timeline, name, format }: TrackOptions): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const highest = Math.max(...lines.flat(), 0);
  const end = timeline.atMs[timeline.atMs.length - 1] ?? 1;
  const label = `${name}: ${format(highest)} at most, over ${formatDuration(end)}`;
  const attributes = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, class: 'track', role: 'img' };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, String(value));
  svg.setAttribute('aria-label', label);
  const title = document.createElementNS(SVG, 'title');
  title.textContent = label;
  svg.append(title);
  for (const line of lines) {
    const points = line.map((value, index) => {
      const x = ((timeline.atMs[index] ?? 0) / end) * WIDTH;
      const y = HEIGHT - 1 - (highest > 0 ? value / highest : 0) * (HEIGHT - 2);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    });
    const drawn = document.createElementNS(SVG, 'polyline');
    drawn.setAttribute('points', points.join(' '));
    svg.append(drawn);
  }
  return svg;
}
