// One case: a figure over its runs, with intervals, changes and what changed around it.

import { html } from 'hono/html';
import { applyTriages, type Trend, trendOf } from '../../history/index.js';
import { formatChange, machineName } from '../../report/index.js';
import type { Series, Store, StoredEntry } from '../../store/index.js';
import { counted } from '../../units/index.js';
import { caseLink, compareLink, runLink, suiteLink } from '../links.js';
import { type Cell, chip, dataElement, type Html, page, table, when } from '../markup.js';
import { trendChart } from '../trend-chart.js';
import { commitText, decisionText, figureCell, suiteOf, verdictOfChange } from '../words.js';
import { detailSections, MEMORY_METRICS, memorySection } from './case-detail.js';
import type { PageRequest } from './page-request.js';

/** How many runs may be looked at; trends of more take long to read. */
const LENGTHS = ['100', '500', '2000'] as const;
const USUAL = '500';
/** Runs in the table below the chart. */
const LISTED = 20;

interface Choice {
  id: string;
  metric: string;
  machine: string;
  last: string;
}

/** The page of a case; nothing where no run has it. */
export async function casePage({ store, detail, query }: PageRequest): Promise<Html | undefined> {
  const choice = readChoice(query);
  if (!(await store.cases()).includes(choice.id)) return undefined;
  const all = await store.series({ metric: choice.metric, cases: [choice.id], last: Number(choice.last) });
  const series = all.filter(({ points }) => points[0]?.run.fingerprint.startsWith(choice.machine));
  const machines = await machinesOf(store, all);
  const last = newestOf(series);
  // A rate has no trend: there more is better.
  const triages = await store.triages();
  const trends = choice.metric === 'throughput' ? [] : series.map((each) => applyTriages(trendOf(each), triages));
  return page(
    { title: choice.id },
    html`<p><a href="${suiteLink(suiteOf(choice.id))}">All cases of ${suiteOf(choice.id)}</a></p>
${form(choice, { metrics: await store.metrics(), machines })}
${series.length === 0 ? html`<p>The last ${choice.last} runs have no ${choice.metric} of this case.</p>` : chart(choice, { series, trends, machines })}
${changesTable(trends)}
${detailSections(last && (await detail(last.id, choice.id)), last)}
${memorySection(choice.id, await memoryOf(store, choice, last))}
${runsTable(series)}`,
  );
}

/** The run that started last. */
function newestOf(series: readonly Series[]): StoredEntry | undefined {
  const last = series.flatMap(({ points }) => points.slice(-1).map(({ run }) => run));
  return last.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0];
}

/** What is known of memory on the machine of the last run. */
async function memoryOf(store: Store, { id, last }: Choice, run: StoredEntry | undefined): Promise<Series[]> {
  if (run === undefined) return [];
  const { fingerprint } = run;
  const read = Object.keys(MEMORY_METRICS).map((metric) =>
    store.series({ metric, cases: [id], last: Number(last), fingerprint }),
  );
  return (await Promise.all(read)).flat();
}

function readChoice(query: PageRequest['query']): Choice {
  const last = LENGTHS.find((each) => each === query('last')) ?? USUAL;
  return { id: query('id') ?? '', metric: query('metric') ?? 'p50', machine: query('machine') ?? '', last };
}

async function machinesOf(store: Store, series: readonly Series[]): Promise<Map<string, string>> {
  const fingerprints = [...new Set(series.flatMap(({ points }) => points.map(({ run }) => run.fingerprint)))];
  const named = fingerprints.map(async (each) => [each, machineName(await store.machine(each))] as const);
  return new Map(await Promise.all(named));
}

function form(choice: Choice, { metrics, machines }: { metrics: string[]; machines: Map<string, string> }): Html {
  const option = (value: string, text: string, chosen: string) =>
    value === chosen
      ? html`<option value="${value}" selected>${text}</option>`
      : html`<option value="${value}">${text}</option>`;
  return html`<form class="choice" action="/case">
<input type="hidden" name="id" value="${choice.id}">
<label>Metric <select name="metric">${metrics.map((each) => option(each, each, choice.metric))}</select></label>
<label>Machine <select name="machine">${option('', 'all', choice.machine)}${[...machines].map(([each, text]) =>
    option(each, `${text} ${each.slice(0, 8)}`, choice.machine),
  )}</select></label>
<label>Runs <select name="last">${LENGTHS.map((each) => option(each, `last ${each}`, choice.last))}</select></label>
<button>Show</button>
</form>`;
}

interface Shown {
  series: readonly Series[];
  trends: readonly Trend[];
  machines: ReadonlyMap<string, string>;
}

function chart({ metric }: Choice, { series, trends, machines }: Shown): Html {
  const data = trendChart(series, { trends, machines });
  const changes = trends.flatMap((trend) => trend.changes).length;
  const label = `${metric} over ${counted(data.runs.length, 'run')}: ${counted(changes, 'change')}; the tables below have the figures`;
  return html`<section aria-labelledby="trend"><h2 id="trend">${metric} run by run</h2>
<div class="card"><div class="plot trend" role="img" aria-label="${label}"></div>
${data.marks.length === 0 ? '' : html`<ol class="marks">${data.marks.map(({ text }) => html`<li>${text}</li>`)}</ol>`}
</div>${dataElement('trend-data', data)}</section>`;
}

function changesTable(trends: readonly Trend[]): Html {
  const rows = trends.flatMap((trend) =>
    trend.changes.map((change): Cell[] => {
      const { text, tone } = verdictOfChange(change);
      const { before, after, confidence, magnitude } = change;
      const [base, head] = [before.runs.at(-1) ?? '', after.runs[0] ?? ''];
      return [
        html`<a href="${runLink(head)}">${commitText(after.commit)}</a> ${when(after.startedAt)}`,
        chip(text, tone),
        { figure: formatChange(1 + magnitude) },
        { figure: confidence > 0.9999 ? '>99.99 %' : `${(100 * confidence).toFixed(2)} %` },
        decisionText(change),
        html`<a href="${compareLink(base, head)}">compare<span class="hidden"> ${head} with ${base}</span></a>`,
      ];
    }),
  );
  return html`<section aria-labelledby="changes"><h2 id="changes">Changes</h2>
${rows.length === 0 ? html`<p>None.</p>` : table('Changes', ['at', 'what', 'by', 'confidence', 'decided', ''], rows)}</section>`;
}

function runsTable(series: readonly Series[]): Html {
  const points = series.flatMap(({ unit, points }) => points.map((point) => ({ ...point, unit })));
  points.sort((a, b) => (a.run.startedAt < b.run.startedAt ? 1 : -1));
  const rows = points
    .slice(0, LISTED)
    .map((point): Cell[] => [
      html`<a href="${runLink(point.run.id)}">${point.run.id}</a>`,
      when(point.run.startedAt),
      figureCell(point),
      commitText(point.run.commit),
      html`<a href="${caseLink(series[0]?.caseId ?? '', { machine: point.run.fingerprint })}">${point.run.fingerprint.slice(0, 8)}</a>`,
    ]);
  return html`<section aria-labelledby="runs"><h2 id="runs">Last runs with this case</h2>
${table('Last runs', ['run', 'started (UTC)', 'figure', 'commit', 'machine'], rows)}</section>`;
}
