// What the last run says of a case beyond its trend: how its samples are distributed, how its time grows, what it holds.
import { html } from 'hono/html';
import type { PickedCase } from '../../report/index.js';
import type { Figure, Growth } from '../../statistics/index.js';
import type { Series, StoredEntry } from '../../store/index.js';
import { counted, formatCount, formatNs, formatValue, MISSING } from '../../units/index.js';
import { caseLink, runLink } from '../links.js';
import { breakable, type Cell, dataElement, type Html, table, when } from '../markup.js';
import { track } from '../track.js';

/** Where the page's program finds what it draws. */
const DETAIL_DATA = 'case-data';

/** Metrics of memory that a trend shows on this page, and what they are called. */
export const MEMORY_METRICS: Readonly<Record<string, string>> = {
  allocations: 'Allocations of an operation',
  'allocated-bytes': 'Bytes allocated by an operation',
  peak: 'Highest live bytes of an iteration',
  'max-rss': 'Highest resident memory of a launch',
};

/** Distribution and scaling in a run, with the data of their plots; nothing where the run has no record. */
export function detailSections(picked: PickedCase | undefined, run: StoredEntry | undefined): Html | string {
  if (picked === undefined || run === undefined) return '';
  const of = html`<p class="quiet">In the last run, <a href="${runLink(run.id)}">${run.id}</a> of ${when(run.startedAt)}</p>`;
  return html`${distribution(picked, of)}${scaling(picked, of)}${dataElement(DETAIL_DATA, picked)}`;
}

function distribution({ summary }: PickedCase, of: Html): Html {
  const { outliers, launches, noise } = summary;
  const rows = (['p50', 'p95', 'p99'] as const).map((name): Cell[] => [name, ...figureCells(summary[name])]);
  const between = noise.betweenLaunches === null ? '' : `, ${formatValue(noise.betweenLaunches, 'share')} between them`;
  return html`<section aria-labelledby="distribution"><h2 id="distribution">Distribution</h2>${of}
${table('Quantiles of an operation', ['quantile', 'time of an operation', ''], rows)}
<p class="quiet">${counted(outliers.samples, 'sample')} in ${counted(launches.time, 'launch', 'launches')}; they vary by ${formatValue(noise.withinLaunch, 'share')} within a launch${between}</p>
<div class="plots" data-plot="distribution"></div></section>`;
}

function figureCells(figure: Figure): Cell[] {
  if ('missing' in figure) return [{ figure: MISSING }, `none: ${figure.missing}`];
  const { value, low, high } = figure.estimate;
  return [{ figure: formatNs(value), interval: `${formatNs(low)} … ${formatNs(high)}` }, ''];
}

function scaling({ growths, summary }: PickedCase, of: Html): Html | string {
  if (growths.length === 0) return '';
  return html`<section aria-labelledby="scaling"><h2 id="scaling">Scaling</h2>${of}
${growths.map((growth) => growthTable(growth, summary.caseId))}
<div class="plots" data-plot="scaling"></div></section>`;
}

function growthTable({ parameter, points, exponent }: Growth, caseId: string): Html {
  const rows = points.map((point): Cell[] => {
    const size = `${parameter} = ${formatCount(point.size)}`;
    return [
      point.caseId === caseId
        ? html`${size} (this case)`
        : html`<a href="${caseLink(point.caseId)}">${breakable(size)}</a>`,
      ...figureCells({ estimate: point.p50 }).slice(0, 1),
    ];
  });
  return html`<p>${exponentSentence(parameter, exponent)}</p>
${table(`Growth with ${parameter}`, ['size', 'p50'], rows)}`;
}

/** The exponent of a power law of time over size, with its interval. */
function exponentSentence(parameter: string, exponent: Figure): string {
  if ('missing' in exponent) return `How time grows with ${parameter} is not known: ${exponent.missing}.`;
  const [value, low, high] = [exponent.estimate.value, exponent.estimate.low, exponent.estimate.high].map((each) =>
    each.toFixed(2).replace('-', '−'),
  );
  return `Time grows as ${parameter} to the power of ${value}, with an interval of ${low} … ${high}.`;
}

/** Memory run by run on one machine; nothing where none was measured. */
export function memorySection(caseId: string, series: readonly Series[]): Html | string {
  const shown = series.filter(({ points }) => points.length > 0);
  if (shown.length === 0) return '';
  return html`<section aria-labelledby="memory"><h2 id="memory">Memory</h2>
${shown.map(({ metric, unit, points }) => {
  const fingerprint = points[0]?.run.fingerprint ?? '';
  const strip = track(
    points.map(({ value }) => value),
    {
      label: `${MEMORY_METRICS[metric] ?? metric}, last ${counted(points.length, 'run')}`,
      format: (value) => formatValue(value, unit),
    },
  );
  return html`${strip}<p class="more"><a href="${caseLink(caseId, { metric, machine: fingerprint })}">Trend of ${metric}</a></p>`;
})}
<div class="plots" data-plot="live"></div></section>`;
}
