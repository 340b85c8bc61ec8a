// One run: its conditions, its cases, what failed.
import { html } from 'hono/html';
import { machineName } from '../../report/index.js';
import type { StoredCase, StoredRun } from '../../store/index.js';
import { counted, formatDuration } from '../../units/index.js';
import { caseLink, compareLink, flameLink } from '../links.js';
import { breakable, type Cell, chip, type Html, page, table, tile, when } from '../markup.js';
import { runHealth } from '../run-health.js';
import { commitText, figureCell, subjectsText } from '../words.js';
import type { PageRequest } from './page-request.js';
import { runBefore } from './runs.js';

/** The page of a run; nothing where none is stored under this id. */
export async function runPage({ store, query }: PageRequest): Promise<Html | undefined> {
  const run = await store.read(query('id') ?? '', { brief: true });
  if (run === undefined) return undefined;
  const runs = await store.list();
  const entry = runs.find(({ id }) => id === run.id);
  const before = entry && runBefore(entry, runs);
  return page(
    { title: `Run ${run.id}`, at: '/runs' },
    html`${tiles(run)}
${before ? html`<p><a href="${compareLink(before.id, run.id)}">Compare with ${before.id}, the run before it on this machine</a></p>` : ''}
${conditions(run)}
<section aria-labelledby="cases"><h2 id="cases">Cases</h2>
${table('Cases', ['case', 'p50', 'p95', 'allocations', 'allocated', 'launches', 'targets'], run.cases.map(caseRow))}</section>
${profiles(run)}
${failures(run)}`,
  );
}

function tiles(run: StoredRun): Html {
  const { launches, failed, targets } = runHealth(run);
  return html`<div class="tiles">
${tile('status', run.status, { tone: run.status === 'finished' ? 'good' : 'doubt' })}
${tile('cases', String(run.cases.length))}
${tile('launches', String(launches), { note: `${failed} failed`, tone: failed > 0 ? 'bad' : 'quiet' })}
${tile('targets met', String(targets.met), { note: `${targets.missed} missed, ${targets.unclear} unclear`, tone: targets.missed > 0 ? 'bad' : 'quiet' })}
</div>`;
}

function conditions(run: StoredRun): Html {
  const { machine, fingerprint, commit, load, forgebench } = run.environment;
  const took = run.finishedAt === null ? null : Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  const terms: [string, Html | string][] = [
    ['started (UTC)', when(run.startedAt)],
    ['took', took === null ? 'not known' : formatDuration(took)],
    ['commit', commitText(commit)],
    ['under test', subjectsText(run.environment) || 'not known'],
    ['machine', `${machineName(machine)} (${fingerprint})`],
    ['system', [machine.os, machine.kernel, machine.architecture].filter(Boolean).join(', ') || 'not known'],
    ['load at the start', load === null ? 'not known' : load.toFixed(2)],
    ['measured by', run.origin === 'forgebench' ? `forgebench ${forgebench ?? ''}` : `${run.origin}, imported`],
  ];
  return html`<section aria-labelledby="conditions"><h2 id="conditions">Measured on</h2>
<dl class="terms">${terms.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl></section>`;
}

function caseRow({ id, figures, launches, targets }: StoredCase): Cell[] {
  return [
    html`<a href="${caseLink(id)}">${breakable(id)}</a>`,
    ...['p50', 'p95', 'allocations', 'allocated-bytes'].map((metric) => figureCell(figures[metric])),
    { figure: String(launches.length) },
    html`<span class="chips">${targets.map(({ text, status }) => chip(`${text}: ${status}`, TONES[status]))}</span>`,
  ];
}

const TONES = { met: 'good', missed: 'bad', unclear: 'doubt' } as const;

function profiles({ id: run, profiles }: StoredRun): Html | string {
  const rows = profiles
    .filter(({ kind }) => kind === 'profile')
    .map(({ caseId, engine, hash }) => [
      breakable(caseId),
      engine,
      html`<a href="${flameLink(run, hash)}">flame graph<span class="hidden"> of ${caseId} by ${engine}</span></a>`,
    ]);
  if (rows.length === 0) return '';
  return html`<section aria-labelledby="profiles"><h2 id="profiles">Profiles</h2>
${table('Profiles', ['case', 'engine', ''], rows)}</section>`;
}

function failures({ cases }: StoredRun): Html | string {
  const failed = cases.flatMap(({ id, launches }) =>
    launches.flatMap(({ failure, kind }) => (failure === null ? [] : [[breakable(id), kind, failure]])),
  );
  if (failed.length === 0) return '';
  return html`<section aria-labelledby="failures"><h2 id="failures">${counted(failed.length, 'failed launch', 'failed launches')}</h2>
${table('Failed launches', ['case', 'kind', 'reason'], failed)}</section>`;
}
