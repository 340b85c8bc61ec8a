// The first page: what changed, which promises are broken, how the last run went.

import { html } from 'hono/html';
import { formatChange } from '../../report/index.js';
import type { StoredEntry, StoredRun } from '../../store/index.js';
import { counted } from '../../units/index.js';
import { groupBy } from '../group-by.js';
import { caseLink, runLink, suiteLink } from '../links.js';
import type { LiveRun } from '../live/live-run.js';
import { breakable, chip, type Html, page, table, tile, when } from '../markup.js';
import { type ChangeOfTrend, regressionsOf } from '../regressions-of.js';
import { runHealth } from '../run-health.js';
import type { Changes } from '../watch-changes.js';
import { commitText, decisionText, suiteOf, verdictOfChange } from '../words.js';
import { liveRuns } from './live.js';
import type { PageRequest } from './page-request.js';
import { RUN_HEADS, runRow } from './runs.js';

/** Changes and runs that are listed; the pages behind them have all. */
const MOST_CHANGES = 25;
const MOST_RUNS = 10;

/** The overview. */
export async function overviewPage({ store, changes, live }: PageRequest): Promise<Html> {
  const [runs, cases] = [await store.list(), await store.cases()];
  const newest = runs.at(-1);
  await changes.follow(newest?.id);
  const last = newest && (await store.read(newest.id, { brief: true }));
  if (newest === undefined || last === undefined)
    return page(
      { title: 'Overview', at: '/' },
      html`<p>No run is stored yet. Make one with <code>forgebench run</code>.</p>
${underWay(live.unsaved())}`,
    );
  const latest = changes.latest();
  return page(
    { title: 'Overview', at: '/' },
    html`${tiles({ runs, cases, last, latest })}
${underWay(live.unsaved())}
${changesSection(latest)}
${targetsSection(last)}
<section aria-labelledby="suites"><h2 id="suites">Suites</h2>${suitesTable(cases, latest)}</section>
<section aria-labelledby="last"><h2 id="last">Last runs</h2>
${table(
  'Last runs',
  RUN_HEADS,
  runs
    .slice(-MOST_RUNS)
    .reverse()
    .map((run) => runRow(run, runs)),
)}
<p class="more"><a href="/runs">All ${counted(runs.length, 'run')}</a></p></section>`,
  );
}

/** Runs that are not in the store yet; nothing where there are none. */
function underWay(runs: readonly LiveRun[]): Html | string {
  if (runs.length === 0) return '';
  return html`<section aria-labelledby="under-way"><h2 id="under-way">Runs under way</h2>${liveRuns(runs)}</section>`;
}

interface Seen {
  runs: readonly StoredEntry[];
  cases: readonly string[];
  last: StoredRun;
  latest: Changes;
}

function tiles({ runs, cases, last, latest }: Seen): Html {
  const { failed, launches, targets } = runHealth(last);
  const alarms = regressionsOf(latest.trends).length;
  const undecided = targets.unclear > 0 ? `, ${targets.unclear} unclear` : '';
  return html`<div class="tiles">
${tile('regressions', String(alarms), { tone: alarms > 0 ? 'bad' : 'good', note: progress(latest) })}
${tile('targets missed', String(targets.missed), { tone: targets.missed > 0 ? 'bad' : 'good', note: `${targets.met} met${undecided}` })}
${tile('launches failed', String(failed), { tone: failed > 0 ? 'bad' : 'good', note: `of ${launches} in the last run` })}
${tile('the last run', last.status, { tone: last.status === 'finished' ? 'good' : 'doubt', note: last.startedAt.slice(0, 10) })}
${tile('runs', String(runs.length))}
${tile('cases', String(cases.length))}
${tile('machines', String(new Set(runs.map(({ fingerprint }) => fingerprint)).size))}
</div>`;
}

/** How far the trends have been read, where they are still being read. */
function progress({ read, cases, trends }: Changes): string {
  if (cases === 0) return 'trends are being read';
  return read < cases ? `${read} of ${cases} cases read` : `in ${counted(trends.length, 'trend')}`;
}

function changesSection(latest: Changes): Html {
  const found = latest.trends.flatMap((trend) => trend.changes.map((change) => ({ trend, change })));
  found.sort((a, b) => Number(b.change.alarm) - Number(a.change.alarm) || later(a, b));
  const rows = found.slice(0, MOST_CHANGES).map(({ trend, change }) => {
    const { text, tone } = verdictOfChange(change);
    return [
      html`<a href="${caseLink(trend.caseId)}">${breakable(trend.caseId)}</a>`,
      chip(text, tone),
      { figure: formatChange(1 + change.magnitude) },
      html`<a href="${runLink(change.after.runs[0] ?? '')}">${commitText(change.after.commit)}</a> ${when(change.after.startedAt)}`,
      { figure: trend.fingerprint.slice(0, 8) },
      decisionText(change),
    ];
  });
  const none = latest.read < latest.cases || latest.cases === 0 ? 'Trends are being read.' : 'No trend has changed.';
  return html`<section aria-labelledby="changes"><h2 id="changes">Changes of p50</h2>
${rows.length === 0 ? html`<p>${none}</p>` : table('Changes of p50', ['case', 'what', 'by', 'at', 'machine', 'decided'], rows)}
${found.length > rows.length ? html`<p class="more">${found.length - rows.length} more stand on the pages of the suites.</p>` : ''}
</section>`;
}

function later(a: ChangeOfTrend, b: ChangeOfTrend): number {
  return a.change.after.startedAt < b.change.after.startedAt ? 1 : -1;
}

function targetsSection(last: StoredRun): Html {
  const missed = last.cases.flatMap(({ id, targets }) =>
    targets.flatMap(({ text, status }) =>
      status === 'missed' ? [[html`<a href="${caseLink(id)}">${breakable(id)}</a>`, text]] : [],
    ),
  );
  const title = html`<h2 id="targets">Targets missed in <a href="${runLink(last.id)}">the last run</a></h2>`;
  return html`<section aria-labelledby="targets">${title}
${missed.length === 0 ? html`<p>None.</p>` : table('Targets missed', ['case', 'target'], missed)}</section>`;
}

function suitesTable(cases: readonly string[], { trends }: Changes): Html {
  const suites = groupBy(cases, suiteOf);
  const regressed = groupBy(regressionsOf(trends), ({ trend }) => suiteOf(trend.caseId));
  const rows = [...suites].map(([suite, its]) => {
    const alarms = regressed.get(suite)?.length ?? 0;
    return [
      html`<a href="${suiteLink(suite)}">${breakable(suite)}</a>`,
      { figure: String(its.length) },
      alarms > 0 ? chip(counted(alarms, 'regression'), 'bad') : '',
    ];
  });
  return table('Suites', ['suite', 'cases', 'regressions'], rows);
}
