// The page of a run: reads the record that the file carries and draws it.
import 'uplot/dist/uPlot.min.css';
import './report.css';
import { element } from '../../page/client/index.js';
import type { RunRecord } from '../../store/index.js';
import { suitesOf } from '../overview.js';
import { DATA_ELEMENT, type PageData } from '../page-data.js';
import { benchmarkSection } from './parts/benchmark-section.js';
import { caseSection } from './parts/case-table.js';
import { box, breakable, chip } from './parts/dom.js';
import { findingsSection, hasFindings } from './parts/findings-section.js';
import { attention, conditions, tiles } from './parts/overview-section.js';
import { themeButton } from './parts/theme.js';

function draw(page: HTMLElement, data: PageData): void {
  const { record } = data;
  const suites = suitesOf(record);
  // Ids of elements are numbered, because ids of benchmarks are text from outside.
  const all = suites.flatMap(({ benchmarks }) => benchmarks);
  const sectionIds = new Map(all.map(({ benchmark }, index) => [benchmark.id, `benchmark-${index + 1}`]));
  const idOf = (id: string) => sectionIds.get(id) ?? '';
  const sections = suites.map(({ suite, benchmarks }, index) =>
    element(
      'section',
      { id: `suite-${index + 1}`, 'aria-labelledby': `suite-${index + 1}-title` },
      element('h2', { id: `suite-${index + 1}-title` }, suite),
      ...benchmarks.map((each) => benchmarkSection(each, data, idOf(each.benchmark.id))),
    ),
  );
  const links = suites.flatMap(({ suite, benchmarks }, index) => [
    navLink(`suite-${index + 1}`, suite, 'suite-link'),
    ...benchmarks.map(({ benchmark }) => navLink(idOf(benchmark.id), benchmark.name, 'benchmark-link')),
  ]);
  page.replaceChildren(
    element('a', { class: 'skip', href: '#main' }, 'Skip to the report'),
    header(data),
    box(
      'columns',
      contents(links, record),
      element(
        'main',
        { id: 'main' },
        tiles(record),
        attention(record),
        findingsSection(record, sectionIds) ?? '',
        conditions(record),
        caseSection(record, sectionIds),
        ...sections,
      ),
    ),
  );
}

function header({ record }: PageData): HTMLElement {
  const { cpu, subjects } = record.environment;
  const tone = record.status === 'finished' ? 'good' : 'doubt';
  const versions = Object.entries(subjects).map(([name, version]) => `${name} ${version}`);
  const line = [new Date(record.startedAt).toLocaleString(), record.settings.preset, cpu.model, ...versions];
  return element(
    'header',
    {},
    box('brand', 'forgebench', themeButton()),
    element('h1', {}, 'Run ', breakable(record.id), ' ', chip(record.status, tone)),
    element('p', { class: 'quiet' }, line.join(' · ')),
  );
}

function contents(links: readonly HTMLElement[], record: RunRecord): HTMLElement {
  const fixed = [
    navLink('attention', 'To know', ''),
    ...(hasFindings(record) ? [navLink('findings', 'Findings', '')] : []),
    navLink('conditions', 'Measured on', ''),
    navLink('cases', 'All cases', ''),
  ];
  const list = element('ul', {}, ...fixed, ...links);
  const folded = element('details', { class: 'contents' }, element('summary', {}, 'Contents'), list);
  // Wide pages have room for it beside the text; narrow ones open it on demand.
  folded.open = matchMedia('(min-width: 70rem)').matches;
  return element('nav', { 'aria-label': 'Contents' }, folded);
}

function navLink(id: string, text: string, className: string): HTMLElement {
  return element('li', { class: className }, element('a', { href: `#${id}` }, text));
}

const page = document.getElementById('page');
const data = document.getElementById(DATA_ELEMENT)?.textContent;
if (page && data) draw(page, JSON.parse(data) as PageData);
// The browser looked for the target of the address before there was one.
if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
