// Any two runs, case by case.
import { html } from 'hono/html';
import { type ComparedCase, compareLaunches, DEFAULT_COMPARE_OPTIONS, type Verdict } from '../../compare/index.js';
import { formatChange, machineName } from '../../report/index.js';
import type { StoredEntry, StoredRun } from '../../store/index.js';
import { formatNs } from '../../units/index.js';
import { isProfiled } from '../flame-routes.js';
import { caseLink, differenceLink, runLink } from '../links.js';
import { breakable, type Cell, chip, type Html, page, type Tone, table, tile } from '../markup.js';
import { commitText, subjectsText } from '../words.js';
import type { PageRequest } from './page-request.js';

const TONES: Readonly<Record<Verdict, Tone>> = { slower: 'bad', faster: 'good', unclear: 'doubt', same: 'quiet' };
const ORDER: readonly Verdict[] = ['slower', 'faster', 'unclear', 'same'];
/** Runs that the form proposes. */
const PROPOSED = 100;
/** Cases of one run alone that are named; all stand on the page of the run. */
const MOST_NAMED = 5;

/** The comparison of two runs; a form where none are named, nothing where one of them is not stored. */
export async function comparePage({ store, query }: PageRequest): Promise<Html | undefined> {
  const names = { base: query('base') ?? '', head: query('head') ?? '' };
  const runs = await store.list();
  const choose = form(names, runs.slice(-PROPOSED).reverse());
  if (names.base === '' && names.head === '') return page({ title: 'Compare', at: '/compare' }, choose);
  const [base, head] = [await store.read(names.base, { brief: true }), await store.read(names.head, { brief: true })];
  if (base === undefined || head === undefined) return undefined;
  return page({ title: `${head.id} against ${base.id}`, at: '/compare' }, html`${choose}${comparison(base, head)}`);
}

function form({ base, head }: { base: string; head: string }, runs: readonly StoredEntry[]): Html {
  return html`<form class="choice" action="/compare">
<label>Base <input name="base" value="${base}" list="known-runs" required></label>
<label>Head <input name="head" value="${head}" list="known-runs" required></label>
<button>Compare</button>
<datalist id="known-runs">${runs.map(
    (run) => html`<option value="${run.id}">${run.startedAt.slice(0, 16)} ${commitText(run.commit)}</option>`,
  )}</datalist>
</form>`;
}

function comparison(base: StoredRun, head: StoredRun): Html {
  const medians = new Map(base.cases.map((each) => [each.id, mediansOf(each)]));
  const pairs = head.cases.flatMap((each) => {
    const [old, now] = [medians.get(each.id) ?? [], mediansOf(each)];
    return old.length > 0 && now.length > 0 ? [{ id: each.id, base: old, head: now }] : [];
  });
  const { cases, machineState } = compareLaunches(pairs, DEFAULT_COMPARE_OPTIONS);
  const ordered = cases.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || b.ratio - a.ratio);
  const notes = [...(machineState ? [machineState.text] : []), ...differences(base, head), ...missing(base, head)];
  return html`<div class="tiles">${ORDER.map((verdict) =>
    tile(verdict, String(cases.filter((each) => each.verdict === verdict).length), { tone: TONES[verdict] }),
  )}</div>
<p class="quiet">base <a href="${runLink(base.id)}">${base.id}</a>, head <a href="${runLink(head.id)}">${head.id}</a>; a ratio above 1 is slower</p>
${notes.length === 0 ? '' : html`<div class="notes doubt"><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul></div>`}
<section aria-labelledby="cases"><h2 id="cases">Cases</h2>
${
  cases.length === 0
    ? html`<p>No case has launches in both runs. Launches of pruned runs are gone; their figures stand on the pages of the cases.</p>`
    : table(
        'Cases',
        ['case', 'verdict', 'change', 'base', 'head', 'launches', ''],
        ordered.map((each) => row(each, { base, head })),
      )
}</section>`;
}

function mediansOf({ launches }: StoredRun['cases'][number]): number[] {
  const medians = launches.flatMap(({ kind, medianNs }) => (kind === 'time' && medianNs !== null ? [medianNs] : []));
  // A workload that does nothing has no ratio.
  return medians.every((median) => median > 0) ? medians : [];
}

function row(
  { id, verdict, ratio, low, high, typical, launches, reason }: ComparedCase,
  { base, head }: Record<'base' | 'head', StoredRun>,
): Cell[] {
  const graph = html`<a href="${differenceLink(base.id, head.id, id)}">flame graph<span class="hidden"> of the difference in ${id}</span></a>`;
  return [
    html`<a href="${caseLink(id)}">${breakable(id)}</a>`,
    html`${chip(verdict, TONES[verdict])}${reason === undefined ? '' : html`<small class="reason">${reason}</small>`}`,
    { figure: formatChange(ratio), interval: `${formatChange(low)} … ${formatChange(high)}` },
    { figure: typical === null ? '–' : formatNs(typical.base) },
    { figure: typical === null ? '–' : formatNs(typical.head) },
    { figure: `${launches.base} · ${launches.head}` },
    isProfiled(base, id) && isProfiled(head, id) ? graph : '',
  ];
}

/** In what the runs differ beside the code. */
function differences(base: StoredRun, head: StoredRun): string[] {
  const facts: [string, (run: StoredRun) => string][] = [
    ['what measured', ({ origin, environment }) => `${origin} ${environment.forgebench ?? ''}`],
    ['machine', ({ environment }) => `${machineName(environment.machine)} (${environment.fingerprint})`],
    ['what is under test', ({ environment }) => subjectsText(environment)],
  ];
  return facts.flatMap(([what, of]) =>
    of(base) === of(head) ? [] : [`The runs differ in ${what}: ${of(base)} against ${of(head)}.`],
  );
}

function missing(base: StoredRun, head: StoredRun): string[] {
  const ids = (run: StoredRun) => new Set(run.cases.map(({ id }) => id));
  const only = (one: StoredRun, other: StoredRun) => [...ids(one)].filter((id) => !ids(other).has(id));
  const text = (side: string, names: string[]) => {
    const more = names.length - MOST_NAMED;
    const named = [...names.slice(0, MOST_NAMED), ...(more > 0 ? [`and ${more} more`] : [])];
    return names.length === 0 ? [] : [`Only in ${side}: ${named.join(', ')}.`];
  };
  return [...text('base', only(base, head)), ...text('head', only(head, base))];
}
