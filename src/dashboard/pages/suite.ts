// The cases of a suite: last figure, and how it developed.
import { html } from 'hono/html';
import type { Trend } from '../../history/index.js';
import { formatChange } from '../../report/index.js';
import type { Series } from '../../store/index.js';
import { sparkline } from '../../units/index.js';
import { caseLink } from '../links.js';
import { breakable, type Cell, chip, type Html, page, table } from '../markup.js';
import { figureCell, suiteOf, verdictOfChange } from '../words.js';
import type { PageRequest } from './page-request.js';

/** Runs whose figures a line of bars shows. */
const RECENT = 40;

/** The page of a suite; nothing where no case belongs to it. */
export async function suitePage({ store, changes, query }: PageRequest): Promise<Html | undefined> {
  const suite = query('name') ?? '';
  const cases = (await store.cases()).filter((id) => suiteOf(id) === suite);
  if (cases.length === 0) return undefined;
  await changes.follow((await store.list()).at(-1)?.id);
  const series = await store.series({ metric: 'p50', cases, last: RECENT });
  const trends = new Map(changes.latest().trends.map((trend) => [keyOf(trend), trend]));
  const measured = new Set(series.map(({ caseId }) => caseId));
  const rows = [
    ...series.map((each) =>
      seriesRow(each, trends.get(keyOf({ ...each, fingerprint: each.points[0]?.run.fingerprint ?? '' }))),
    ),
    ...cases
      .filter((id) => !measured.has(id))
      .map((id): Cell[] => [link(id), { figure: '–' }, 'not in the last runs', '', '']),
  ];
  return page(
    { title: suite },
    table(`Cases of ${suite}`, ['case', 'last p50', `last ${RECENT} runs`, 'last change', 'machine'], rows),
  );
}

function keyOf({ caseId, fingerprint }: { caseId: string; fingerprint: string }): string {
  return JSON.stringify([caseId, fingerprint]);
}

function seriesRow({ caseId, unit, points }: Series, trend: Trend | undefined): Cell[] {
  const last = points.at(-1);
  const change = trend?.changes.at(-1);
  const verdict = change && verdictOfChange(change);
  return [
    link(caseId),
    figureCell(last && { ...last, unit }),
    html`<span class="bars" aria-hidden="true">${sparkline(points.map(({ value }) => value))}</span>`,
    change && verdict ? html`${chip(verdict.text, verdict.tone)} ${formatChange(1 + change.magnitude)}` : '',
    { figure: last?.run.fingerprint.slice(0, 8) ?? '' },
  ];
}

function link(id: string): Html {
  return html`<a href="${caseLink(id)}">${breakable(id)}</a>`;
}
