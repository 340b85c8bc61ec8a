// All cases of the run: a table by suite that can be filtered and sorted.
import { element } from '../../../page/client/index.js';
import type { RunRecord } from '../../../store/index.js';
import { estimateOf, parametersText } from '../../figures.js';
import { type Metric, metricsOf } from '../../metrics.js';
import { type CaseRow, type SuiteRows, suitesOf } from '../../overview.js';
import { box, breakable, chip } from './dom.js';
import { distributionCell, figureCell, targetChips } from './figure-cell.js';

interface Line {
  row: CaseRow;
  element: HTMLTableRowElement;
  /** What the filter looks through, in lower case. */
  text: string;
}

interface Group {
  body: HTMLTableSectionElement;
  heading: HTMLTableRowElement;
  lines: Line[];
}

type Order = { metric: Metric | undefined; descending: boolean };

/** The section with the filter box and the table. */
export function caseSection(record: RunRecord, sectionIds: ReadonlyMap<string, string>): HTMLElement {
  const metrics = metricsOf(record);
  const groups = suitesOf(record).map((suite) => groupOf(suite, { sectionIds, metrics }));
  const table = element('table', { class: 'cases' }, headOf(groups, metrics), ...groups.map(({ body }) => body));
  const { filter, count } = filterOf(groups);
  return element(
    'section',
    { id: 'cases', 'aria-labelledby': 'cases-title' },
    element('h2', { id: 'cases-title' }, 'All cases'),
    box('filter', filter, count),
    element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'All cases' }, table),
  );
}

/** Cells of a case after its name, the same in every table of cases. */
export function caseCells({ summary, outcome }: CaseRow, metrics: readonly Metric[]): HTMLTableCellElement[] {
  if (summary === undefined || outcome !== 'measured') {
    const empty = metrics.map(() => element('td', { class: 'figure missing' }, '–'));
    return [...empty.slice(0, 1), element('td'), ...empty.slice(1), element('td', {}, outcomeChip(outcome))];
  }
  const [first, ...others] = metrics.map((metric) => figureCell(metric.of(summary), metric.format));
  return [first as HTMLTableCellElement, distributionCell(summary), ...others, element('td', {}, targetChips(summary))];
}

function outcomeChip(outcome: string): HTMLElement {
  const tones: Record<string, string> = { finding: 'note', interrupted: 'doubt' };
  return chip(outcome, tones[outcome] ?? 'bad');
}

/** Headings that belong to `caseCells`. */
export function caseHeadings(metrics: readonly Metric[]): HTMLTableCellElement[] {
  const [first, ...others] = metrics.map((metric) =>
    element('th', { scope: 'col', class: 'figure', title: metric.why }, metric.title),
  );
  const samples = element(
    'th',
    {
      scope: 'col',
      title: 'The middle 90 % of all samples, each a batch of operations; the rest is counted at the ends.',
    },
    'samples',
  );
  return [first as HTMLTableCellElement, samples, ...others, element('th', { scope: 'col' }, 'targets')];
}

interface Layout {
  sectionIds: ReadonlyMap<string, string>;
  metrics: readonly Metric[];
}

function groupOf({ suite, benchmarks }: SuiteRows, { sectionIds, metrics }: Layout): Group {
  const title = element('th', { scope: 'rowgroup', colspan: String(metrics.length + 3) }, suite);
  const heading = element('tr', { class: 'suite' }, title);
  const lines = benchmarks.flatMap(({ benchmark, rows }) =>
    rows.map((row): Line => {
      const name = element('a', { href: `#${sectionIds.get(benchmark.id) ?? ''}` }, breakable(benchmark.id));
      const parameters = parametersText(row.case.parameters);
      const small = parameters === '' ? undefined : element('small', {}, parameters);
      const made = element('tr', {}, element('th', { scope: 'row' }, name, small), ...caseCells(row, metrics));
      return {
        row,
        element: made,
        text: `${row.case.id} ${benchmark.tags.join(' ')} ${benchmark.category}`.toLowerCase(),
      };
    }),
  );
  return { body: element('tbody', {}, heading, ...lines.map((line) => line.element)), heading, lines };
}

function filterOf(groups: readonly Group[]): { filter: HTMLElement; count: HTMLElement } {
  const input = element('input', {
    type: 'search',
    placeholder: 'model nodes=1000',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const count = element('output', { 'aria-live': 'polite' });
  const apply = () => {
    const words = input.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    let shown = 0;
    let all = 0;
    for (const { heading, lines } of groups) {
      for (const line of lines) line.element.hidden = !words.every((word) => line.text.includes(word));
      const visible = lines.filter((line) => !line.element.hidden).length;
      heading.hidden = visible === 0;
      shown += visible;
      all += lines.length;
    }
    count.textContent = shown === all ? `${all} cases` : `${shown} of ${all} cases`;
  };
  input.addEventListener('input', apply);
  apply();
  return { filter: element('label', {}, element('span', {}, 'Filter'), input), count };
}

function headOf(groups: readonly Group[], metrics: readonly Metric[]): HTMLTableSectionElement {
  const headings = [element('th', { scope: 'col' }, 'case'), ...caseHeadings(metrics)];
  const order: Order = { metric: undefined, descending: false };
  for (const heading of headings) {
    const metric = metrics.find(({ title }) => title === heading.textContent);
    if (metric === undefined && heading !== headings[0]) continue;
    const button = element('button', { type: 'button', title: heading.title }, heading.textContent ?? '');
    heading.replaceChildren(button);
    button.addEventListener('click', () => {
      order.descending = order.metric === metric ? !order.descending : metric !== undefined;
      order.metric = metric;
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', order.descending ? 'descending' : 'ascending');
      for (const group of groups) sort(group, order);
    });
  }
  return element('thead', {}, element('tr', {}, ...headings));
}

/** Sorts the lines of a suite; without a metric in the order of the definitions, and what is missing always last. */
function sort({ body, lines }: Group, { metric, descending }: Order): void {
  const sign = descending ? -1 : 1;
  const ordered = lines.map((line, place) => {
    const value = metric === undefined ? place : sortValue(line, metric);
    return { line, value };
  });
  ordered.sort((a, b) => {
    if (a.value === undefined || b.value === undefined)
      return Number(a.value === undefined) - Number(b.value === undefined);
    return sign * (a.value - b.value);
  });
  body.append(...ordered.map(({ line }) => line.element));
}

function sortValue({ row }: Line, metric: Metric): number | undefined {
  return row.summary === undefined ? undefined : estimateOf(metric.of(row.summary))?.value;
}
