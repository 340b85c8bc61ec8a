// `/metrics`: what the store says, for Prometheus. Labels are few whatever is stored: a status, or one of the first cases.
import { Hono } from 'hono';
import { Gauge, Registry } from 'prom-client';
import type { Store } from '../store/index.js';
import { regressionsOf } from './regressions-of.js';
import { runHealth } from './run-health.js';
import type { ChangesWatch } from './watch-changes.js';

/** Cases with a time series of their own; a store may have any number, and Prometheus keeps every one that it has seen. */
const MOST_CASES = 500;

/** Serves the metrics; each scrape reads the store. */
export function metricsRoute(store: Store, changes: ChangesWatch): Hono {
  const routes = new Hono();
  routes.get('/', async (context) => {
    // Made anew, so that what is gone from the store is gone from the answer.
    const registry = new Registry();
    await measure(
      store,
      changes,
      (name, help, labels) => new Gauge({ name, help, labelNames: labels, registers: [registry] }),
    );
    return context.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
  });
  return routes;
}

type MakeGauge = (name: string, help: string, labels: string[]) => Gauge;

async function measure(store: Store, changes: ChangesWatch, gauge: MakeGauge): Promise<void> {
  const runs = await store.list();
  changes.follow(runs.at(-1)?.id);
  gauge('forgebench_runs', 'Runs in the store.', []).set(runs.length);
  gauge('forgebench_cases', 'Cases in the store.', []).set((await store.cases()).length);
  const { read, cases, trends } = changes.latest();
  if (cases > 0 && read === cases)
    gauge('forgebench_regressions', 'Trends of p50 whose last change is a regression.', []).set(
      regressionsOf(trends).length,
    );
  const newest = runs.at(-1);
  if (newest !== undefined) await measureRun(store, newest.id, gauge);
}

async function measureRun(store: Store, id: string, gauge: MakeGauge): Promise<void> {
  const run = await store.read(id, { brief: true });
  if (run === undefined) return;
  const { launches, failed, targets } = runHealth(run);
  const started = gauge('forgebench_last_run_start_timestamp_seconds', 'When the newest run began.', []);
  started.set(Date.parse(run.startedAt) / 1000);
  const byStatus = gauge('forgebench_last_run_launches', 'Launches of the newest run.', ['status']);
  byStatus.set({ status: 'failed' }, failed);
  byStatus.set({ status: 'measured' }, launches - failed);
  const promises = gauge('forgebench_last_run_targets', 'Targets of the newest run.', ['status']);
  for (const [status, number] of Object.entries(targets)) promises.set({ status }, number);
  const timed = run.cases.filter(({ figures }) => figures.p50?.unit === 'ns').slice(0, MOST_CASES);
  const times = gauge('forgebench_case_p50_seconds', 'Median time of an operation in the newest run.', ['case']);
  for (const { id: name, figures } of timed) times.set({ case: name }, (figures.p50?.value ?? 0) / 1e9);
  const left = gauge(
    'forgebench_last_run_cases_left_out',
    `Cases of the newest run beyond the first ${MOST_CASES}, or without a p50.`,
    [],
  );
  left.set(run.cases.length - timed.length);
}
