// One benchmark: what it asks, its cases, its plots, its profiles.

import { element } from '../../../page/client/index.js';
import type { Summary } from '../../../statistics/index.js';
import type { RunRecord } from '../../../store/index.js';
import { formatCount, formatNs, formatPercent } from '../../../units/index.js';
import { parametersText } from '../../figures.js';
import { type Metric, MORE_MEMORY_METRICS, MORE_METRICS, metricsOf } from '../../metrics.js';
import type { BenchmarkRows, CaseRow } from '../../overview.js';
import type { PageData } from '../../page-data.js';
import { caseCells, caseHeadings } from './case-table.js';
import { distributionPlot } from './distribution-plot.js';
import { box, breakable, chip } from './dom.js';
import { figureCell } from './figure-cell.js';
import { livePlot } from './live-plot.js';
import { profileCard } from './profile-list.js';
import { resourceSection } from './resource-section.js';
import { scalingPlot } from './scaling-plot.js';

/** The section of a benchmark; `id` is where links to it lead. */
export function benchmarkSection(
  { benchmark, rows }: BenchmarkRows,
  { record, links }: PageData,
  id: string,
): HTMLElement {
  const summaries = rows.flatMap(({ summary }) => (summary === undefined ? [] : [summary]));
  const growths = record.growth.filter(({ benchmarkId }) => benchmarkId === benchmark.id);
  const caseIds = new Set(rows.map((row) => row.case.id));
  const profiles = record.profiles.filter(({ caseId }) => caseIds.has(caseId));
  const endurance = record.settings.memoryOperations !== null || benchmark.category === 'memory';
  const plots = [distributionPlot(summaries), scalingPlot(growths), endurance ? livePlot(summaries) : undefined].filter(
    (each) => each !== undefined,
  );
  const chips = [chip(benchmark.category, 'plain'), ...benchmark.tags.map((tag) => chip(tag, 'plain'))];
  if (benchmark.expects !== undefined) chips.push(chip(`expects ${benchmark.expects}`, 'note'));
  return element(
    'article',
    { id, class: 'benchmark', 'aria-labelledby': `${id}-title` },
    element('h3', { id: `${id}-title` }, breakable(benchmark.id), ' ', ...chips),
    element('p', {}, benchmark.why),
    element('p', { class: 'quiet' }, `One operation: ${benchmark.operation}. Declared at ${benchmark.declaredAt}.`),
    scrolling(`Cases of ${benchmark.id}`, caseTable(rows, metricsOf(record))),
    plots.length > 0 ? box('plots', ...plots) : undefined,
    ...profiles.map((profile) => profileCard(profile, links)),
    moreFigures(rows, record, benchmark.figures),
    resourceSection(summaries),
  );
}

function caseTable(rows: readonly CaseRow[], metrics: readonly Metric[]): HTMLTableElement {
  const names = Object.keys(rows[0]?.case.parameters ?? {});
  const head = names.length > 0 ? names : ['case'];
  const body = rows.map((row) => {
    const values = Object.values(row.case.parameters).map(String);
    return element('tr', {}, ...parameterCells(values), ...caseCells(row, metrics));
  });
  return element(
    'table',
    { class: 'cases' },
    element(
      'thead',
      {},
      element('tr', {}, ...head.map((name) => element('th', { scope: 'col' }, name)), ...caseHeadings(metrics)),
    ),
    element('tbody', {}, ...body),
  );
}

function parameterCells(values: readonly string[]): HTMLTableCellElement[] {
  const [first = 'the only case', ...others] = values;
  return [element('th', { scope: 'row' }, first), ...others.map((value) => element('td', {}, value))];
}

type OwnFigures = RunRecord['benchmarks'][number]['figures'];

function moreFigures(rows: readonly CaseRow[], record: RunRecord, own: OwnFigures): HTMLElement | undefined {
  const summaries = rows.flatMap(({ summary }) => (summary === undefined ? [] : [summary]));
  if (summaries.length === 0) return undefined;
  const heading = (title: string, why: string) => element('th', { scope: 'col', class: 'figure', title: why }, title);
  const head = [
    element('th', { scope: 'col' }, 'case'),
    ...Object.entries(own).map(([name, { unit, why }]) => heading(`${name} (${unit})`, why)),
    ...moreMetrics(record).map(({ title, why }) => heading(title, why)),
    heading('noise', 'Coefficient of variation within a launch, and between launches.'),
    heading('outliers', 'Samples outside the inner fences of their launch; severe ones outside the outer.'),
    heading('launches', 'Timed launches, and those whose warm-up became steady.'),
    heading('launch medians', 'In the order in which they ran.'),
  ];
  const body = summaries.map((summary) =>
    element('tr', {}, ...moreCells(summary, { own: Object.keys(own), metrics: moreMetrics(record) })),
  );
  const table = element(
    'table',
    { class: 'cases' },
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...body),
  );
  const label = `More figures (${record.settings.launches} launches)`;
  return element('details', { class: 'more' }, element('summary', {}, label), scrolling(label, table));
}

/** Whatever the main table has not shown. */
function moreMetrics(record: RunRecord): Metric[] {
  const shown = new Set(metricsOf(record).map(({ key }) => key));
  const timed = record.settings.launches > 0 ? MORE_METRICS : MORE_METRICS.slice(2);
  return [...timed, ...MORE_MEMORY_METRICS].filter(({ key }) => !shown.has(key));
}

interface MoreColumns {
  own: readonly string[];
  metrics: readonly Metric[];
}

function moreCells(summary: Summary, { own, metrics }: MoreColumns): HTMLTableCellElement[] {
  const { noise, outliers, launches } = summary;
  const between = noise.betweenLaunches === null ? '–' : formatPercent(noise.betweenLaunches);
  const mild = outliers.lowMild + outliers.highMild;
  const severe = outliers.lowSevere + outliers.highSevere;
  const text = (value: string) => element('td', { class: 'figure' }, value);
  return [
    element('th', { scope: 'row' }, parametersText(summary.parameters) || 'the only case'),
    ...own.map((name) =>
      figureCell(summary.figures[name] ?? { missing: 'the workload did not report it' }, formatCount),
    ),
    ...metrics.map((metric) => figureCell(metric.of(summary), metric.format)),
    text(`${formatPercent(noise.withinLaunch)} in, ${between} between`),
    text(`${mild} mild, ${severe} severe of ${outliers.samples}`),
    text(`${launches.time}, ${summary.steadyLaunches} steady`),
    text(summary.launchMediansNs.map(formatNs).join(', ')),
  ];
}

function scrolling(label: string, table: HTMLElement): HTMLElement {
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label }, table);
}
