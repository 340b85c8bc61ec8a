// A run under way: how far it is, what it knows so far, what it uses. The page's program asks for it again and again.
import { html } from 'hono/html';
import { machineName } from '../../report/index.js';
import type { Figure } from '../../statistics/index.js';
import { counted, formatBytes, formatCount, formatDuration, formatNs, MISSING } from '../../units/index.js';
import { caseLink, liveLink, runLink } from '../links.js';
import type { LiveRun, LiveState } from '../live/live-run.js';
import { breakable, type Cell, chip, type Html, page, type Tone, table, tile, when } from '../markup.js';
import { track } from '../track.js';
import { commitText, subjectsText } from '../words.js';
import type { PageRequest } from './page-request.js';

/** Launches that the tracks show; a point for each of more would be narrower than a pixel. */
const TRACKED = 300;

const TONES: Readonly<Record<LiveState, Tone>> = { running: 'note', finished: 'good', killed: 'bad', silent: 'doubt' };

/** The page of a run by its id, or the list of all that have no record yet; nothing where there is no folder of it. */
export async function livePage({ store, live, query }: PageRequest): Promise<Html | undefined> {
  const id = query('id');
  if (id === undefined) return page({ title: 'Live', at: '/live' }, refreshed(true, liveRuns(live.unsaved())));
  const run = live.read(id);
  if (run === undefined) return undefined;
  const isStored = run.state === 'finished' && (await store.list()).some((each) => each.id === id);
  const stored = new Set(await store.cases());
  return page(
    { title: `Run ${id}`, at: '/live' },
    refreshed(
      run.state === 'running',
      html`${sentence(run, isStored)}
${progress(run)}
${tiles(run)}
${tracks(run)}
<section aria-labelledby="cases"><h2 id="cases">Cases so far</h2>
${casesTable(run, stored)}</section>
${conditions(run)}`,
    ),
  );
}

/** The table of runs without a record. */
export function liveRuns(runs: readonly LiveRun[]): Html {
  if (runs.length === 0) return html`<p>No run is under way in the folder of this server.</p>`;
  const rows = runs.map((run): Cell[] => [
    html`<a href="${liveLink(run.file.id)}">${run.file.id}</a>`,
    chip(run.state, TONES[run.state]),
    { figure: `${run.done} of ${run.file.plan.requests.length}` },
    { figure: run.leftMs === null ? MISSING : formatDuration(run.leftMs) },
    { figure: String(run.totals.failed) },
    when(run.file.startedAt),
  ]);
  return table('Runs without a record', ['run', 'state', 'launches', 'time left', 'failed', 'started (UTC)'], rows);
}

/** What the page's program replaces, and whether it asks again. */
function refreshed(goesOn: boolean, content: Html): Html {
  return html`<div id="live" data-live="${goesOn ? 'on' : 'off'}">${content}</div>
<p class="doubt-text" id="unreachable" role="status" hidden>The server does not answer; what is shown is from before. It is asked again.</p>`;
}

function sentence({ file: { id, plan }, state, done, heardAt }: LiveRun, isStored: boolean): Html {
  const heard = when(new Date(heardAt).toISOString());
  const rest = html`What was measured is kept: <code>forgebench report ${id}</code> makes its report.`;
  const texts: Record<LiveState, Html> = {
    running: html`${done < plan.requests.length ? 'It is being measured.' : 'All launches are made; it is being profiled, or saved.'}`,
    finished: isStored
      ? html`It has ended; its figures stand on <a href="${runLink(id)}">the page of the run</a>.`
      : html`It has ended, and is not in the store; the next verb that opens the store adds it.`,
    killed: html`It was killed: its process is gone, and its last launch ended at ${heard}. ${rest}`,
    silent: html`Nothing has come since ${heard}, which is longer than a launch may take, and its process is on another system: it was killed, or is being profiled. ${rest}`,
  };
  return html`<p class="chips" role="status">${chip(state, TONES[state])} <span>${texts[state]}</span></p>`;
}

function progress({ file, done, next, state }: LiveRun): Html {
  const total = file.plan.requests.length;
  const after = next === undefined || state !== 'running' ? '' : html`, next in the plan: ${breakable(next)}`;
  return html`<p><progress max="${total}" value="${done}" aria-label="launches made"></progress>
<span class="quiet">${done} of ${counted(total, 'launch', 'launches')}${after}</span></p>`;
}

function tiles({ file, state, done, leftMs, totals, use, launches, heardAt }: LiveRun): Html {
  const tookMs = (state === 'running' ? Date.now() : heardAt) - Date.parse(file.startedAt);
  const made = launches.length;
  const leftOut = done - made;
  const perMinute = tookMs > 0 ? made / (tookMs / 60_000) : 0;
  return html`<div class="tiles">
${tile('time left', leftMs === null ? MISSING : formatDuration(leftMs), { note: `${formatDuration(tookMs)} so far` })}
${tile('launches made', String(made), { note: leftOut > 0 ? `${leftOut} left out` : `${perMinute.toFixed(1)} a minute` })}
${tile('launches failed', String(totals.failed), { tone: totals.failed > 0 ? 'bad' : 'quiet' })}
${tile('samples', formatCount(totals.samples), { note: `of ${formatCount(totals.operations)} operations` })}
${tile('cores busy now', use?.cores == null ? MISSING : use.cores.toFixed(2), { note: 'of the run and its processes' })}
${tile('memory now', use === null ? MISSING : formatBytes(use.residentBytes), { note: 'resident, of the same' })}
</div>`;
}

function tracks({ launches }: LiveRun): Html | string {
  const shown = launches.slice(-TRACKED);
  if (shown.length < 2) return '';
  const last = counted(shown.length, 'launch', 'launches');
  return html`<section aria-labelledby="use"><h2 id="use">What launches use</h2>
${track(
  shown.map(({ cores }) => cores),
  { label: `Busy cores, last ${last}`, format: (value) => value.toFixed(2) },
)}
${track(
  shown.map(({ residentBytes }) => residentBytes),
  { label: `Highest resident memory, last ${last}`, format: formatBytes },
)}</section>`;
}

function casesTable({ cases }: LiveRun, stored: ReadonlySet<string>): Html {
  const rows = cases.map(({ caseId, side, planned, made, failed, samples, p50, failure }): Cell[] => {
    const name = stored.has(caseId) ? html`<a href="${caseLink(caseId)}">${breakable(caseId)}</a>` : breakable(caseId);
    return [
      side === undefined ? name : html`${name} ${chip(side)}`,
      { figure: `${made} of ${planned}` },
      p50Cell(p50),
      { figure: formatCount(samples) },
      failed === 0 ? '' : html`${chip(`${failed} failed`, 'bad')}<small class="reason">${failure}</small>`,
    ];
  });
  return table('Cases so far', ['case', 'launches', 'p50 so far', 'samples', 'failures'], rows);
}

function p50Cell(p50: Figure): Cell {
  if ('missing' in p50) return { figure: MISSING, interval: p50.missing };
  const { value, low, high } = p50.estimate;
  return { figure: formatNs(value), interval: `${formatNs(low)} … ${formatNs(high)}` };
}

function conditions({ file: { startedAt, environment, plan } }: LiveRun): Html {
  const terms: [string, Html | string][] = [
    ['started (UTC)', when(startedAt)],
    ['commit', commitText(environment.commit)],
    ['under test', subjectsText(environment) || 'not known'],
    ['machine', `${machineName(environment)} (${environment.fingerprint})`],
    ['settings', `${plan.settings.preset}, ${counted(plan.settings.launches, 'launch', 'launches')} of each case`],
  ];
  return html`<section aria-labelledby="conditions"><h2 id="conditions">Measured on</h2>
<dl class="terms">${terms.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl></section>`;
}
