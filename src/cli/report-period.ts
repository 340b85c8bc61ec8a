// `forgebench report --since`: what a stretch of time brought, from the store.
import { extname, resolve } from 'node:path';
import { changesSince, DEFAULT_TREND_OPTIONS, readTrends, suiteTrends, TREND_RUNS } from '../history/index.js';
import { type PeriodReport, periodToHtml, periodToJson, periodToMarkdown } from '../report/index.js';
import { type Store, writeRunFile } from '../store/index.js';
import { EXIT } from './exit-code.js';
import { machineNames } from './machine-names.js';
import { checkWritable } from './output.js';
import { pageAssets } from './page-assets.js';
import { explainRegressions } from './period-causes.js';
import { findOpportunities } from './period-opportunities.js';
import { type StoreFlags, withFilledStore } from './project-store.js';
import { readSince } from './read-since.js';
import { UsageError } from './usage-error.js';

/** Flags of a report of a period. */
export interface PeriodFlags extends StoreFlags {
  since: string;
  output?: string;
  json?: boolean;
}

/** Writes or prints the report of a period; returns the exit code. */
export async function reportPeriod(flags: PeriodFlags): Promise<number> {
  const until = new Date();
  const since = readSince(flags.since, until);
  const output = flags.output === undefined ? undefined : checkPeriodOutput(resolve(flags.output));
  const root = process.cwd();
  const period = await withFilledStore(root, flags, (store) => readPeriod(store, { root, since, until }));
  if (output) writeRunFile(output.path, output.render(period));
  else process.stdout.write(flags.json ? periodToJson(period) : periodToMarkdown(period));
  return EXIT.well;
}

type Render = (period: PeriodReport) => string;

const RENDERERS: Readonly<Record<string, Render>> = {
  '.md': periodToMarkdown,
  '.html': (period) => periodToHtml(period, pageAssets('report')),
  '.json': periodToJson,
};

/** Refused before anything is read, where it could not be written afterwards. */
function checkPeriodOutput(path: string): { path: string; render: Render } {
  const render = RENDERERS[extname(path)];
  if (!render)
    throw new UsageError(`Cannot write "${path}": its ending must be one of ${Object.keys(RENDERERS).join(', ')}`);
  checkWritable(path);
  return { path, render };
}

interface Period {
  root: string;
  since: Date;
  until: Date;
}

async function readPeriod(store: Store, { root, since, until }: Period): Promise<PeriodReport> {
  const entries = await store.list();
  const runs = entries.filter(({ startedAt }) => Date.parse(startedAt) >= since.getTime());
  const trends = runs.length === 0 ? [] : await readTrends(store, runs.length + TREND_RUNS);
  const { tolerance } = DEFAULT_TREND_OPTIONS;
  const changes = changesSince(trends, since, tolerance);
  const lastEntry = runs.findLast(({ origin }) => origin === 'forgebench');
  const last = (lastEntry && (await store.read(lastEntry.id))) ?? null;
  return {
    place: store.place,
    since,
    until,
    runs,
    newest: entries.at(-1) ?? null,
    last,
    changes: { ...changes, regressions: await explainRegressions(changes.regressions, store, root) },
    suites: suiteTrends(trends, { since, runs: new Set(runs.map(({ id }) => id)), tolerance }),
    machines: await machineNames(store, runs),
    opportunities: await findOpportunities(store, runs, last),
  };
}
