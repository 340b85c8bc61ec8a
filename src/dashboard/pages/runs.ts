// All runs, the newest first, page by page.

import { html } from 'hono/html';
import type { StoredEntry } from '../../store/index.js';
import { counted } from '../../units/index.js';
import { compareLink, runLink } from '../links.js';
import { type Cell, chip, type Html, page, table, when } from '../markup.js';
import { commitText, subjectsText } from '../words.js';
import type { PageRequest } from './page-request.js';

const RUNS_OF_PAGE = 50;

/** Heads of the columns of `runRow`. */
export const RUN_HEADS = ['run', 'started (UTC)', 'status', 'commit', 'under test', 'machine', ''] as const;

/** The list of runs. */
export async function runsPage({ store, query }: PageRequest): Promise<Html> {
  const runs = await store.list();
  const newestFirst = runs.toReversed();
  const last = Math.max(1, Math.ceil(runs.length / RUNS_OF_PAGE));
  const number = Math.min(last, Math.max(1, Math.trunc(Number(query('page') ?? 1)) || 1));
  const shown = newestFirst.slice((number - 1) * RUNS_OF_PAGE, number * RUNS_OF_PAGE);
  return page(
    { title: 'Runs', at: '/runs' },
    html`<p class="quiet">${counted(runs.length, 'run')}, page ${number} of ${last}</p>
${table(
  'Runs',
  RUN_HEADS,
  shown.map((run) => runRow(run, runs)),
)}
<nav class="pages" aria-label="Pages of runs">
${number > 1 ? html`<a rel="prev" href="/runs?page=${number - 1}">Newer</a>` : ''}
${number < last ? html`<a rel="next" href="/runs?page=${number + 1}">Older</a>` : ''}
</nav>`,
  );
}

/** A run as a row, with a link that compares it with the one before it on the same machine. */
export function runRow(run: StoredEntry, runs: readonly StoredEntry[]): Cell[] {
  const before = runBefore(run, runs);
  return [
    html`<a href="${runLink(run.id)}">${run.id}</a>`,
    when(run.startedAt),
    chip(run.status, run.status === 'finished' ? 'good' : 'doubt'),
    commitText(run.commit),
    subjectsText(run),
    { figure: run.fingerprint.slice(0, 8) },
    before === undefined
      ? ''
      : html`<a href="${compareLink(before.id, run.id)}">compare<span class="hidden"> ${run.id} with ${before.id}</span></a>`,
  ];
}

/** The run before this one on the same machine. */
export function runBefore(run: StoredEntry, runs: readonly StoredEntry[]): StoredEntry | undefined {
  const at = runs.findIndex(({ id }) => id === run.id);
  return runs
    .slice(0, Math.max(0, at))
    .findLast(({ fingerprint, origin }) => fingerprint === run.fingerprint && origin === run.origin);
}
