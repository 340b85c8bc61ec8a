// Which machines have measured, and what tells them apart.
import { html } from 'hono/html';
import { machineName } from '../../report/index.js';
import { groupBy } from '../group-by.js';
import { type Html, page, table, when } from '../markup.js';
import type { PageRequest } from './page-request.js';

/** The list of machines, that of the newest run first. */
export async function machinesPage({ store }: PageRequest): Promise<Html> {
  const groups = groupBy((await store.list()).toReversed(), ({ fingerprint }) => fingerprint);
  const rows = [];
  for (const [fingerprint, runs] of groups) {
    const machine = await store.machine(fingerprint);
    rows.push([
      html`<code>${fingerprint}</code>`,
      machineName(machine),
      [machine?.os, machine?.kernel, machine?.architecture].filter(Boolean).join(', '),
      machine?.rustc ?? '–',
      { figure: String(runs.length) },
      when(runs[0]?.startedAt ?? ''),
    ]);
  }
  return page(
    { title: 'Machines', at: '/machines' },
    html`<p class="quiet">What changes here changes figures: runs of different machines are never joined.</p>
${table('Machines', ['fingerprint', 'machine', 'system', 'rustc', 'runs', 'last run (UTC)'], rows)}`,
  );
}
