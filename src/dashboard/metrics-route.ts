// `/metrics`: what the store says, for Prometheus. Labels are few whatever is stored: a status, or one of the first cases.
import { Hono } from 'hono';
import { Gauge, Registry } from 'prom-client';
import { METRICS, type MetricName, MOST_CASES } from '../monitoring/index.js';
import type { Store } from '../store/index.js';
import { regressionsOf } from './regressions-of.js';
import { runHealth } from './run-health.js';
import type { ChangesWatch } from './watch-changes.js';

/** Serves the metrics; each scrape reads the store. */
export function metricsRoute(store: Store, changes: ChangesWatch): Hono {
  const routes = new Hono();
  routes.get('/', async (context) => {
    // Made anew, so that what is gone from the store is gone from the answer.
    const registry = new Registry();
    await measure(
      store,
      changes,
      (name) => new Gauge({ name, help: METRICS[name].help, labelNames: METRICS[name].labels, registers: [registry] }),
    );
    return context.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
  });
  return routes;
}

type MakeGauge = (name: MetricName) => Gauge;

async function measure(store: Store, changes: ChangesWatch, gauge: MakeGauge): Promise<void> {
  const runs = await store.list();
  await changes.follow(runs.at(-1)?.id);
  gauge('forgebench_runs').set(runs.length);
  gauge('forgebench_cases').set((await store.cases()).length);
  const { read, cases, trends } = changes.latest();
  if (cases > 0 && read === cases) gauge('forgebench_regressions').set(regressionsOf(trends).length);
  const newest = runs.at(-1);
  if (newest !== undefined) await measureRun(store, newest.id, gauge);
}

async function measureRun(store: Store, id: string, gauge: MakeGauge): Promise<void> {
  const run = await store.read(id, { brief: true });
  if (run === undefined) return;
  const { launches, failed, targets } = runHealth(run);
  gauge('forgebench_last_run_start_timestamp_seconds').set(Date.parse(run.startedAt) / 1000);
  const byStatus = gauge('forgebench_last_run_launches');
  byStatus.set({ status: 'failed' }, failed);
  byStatus.set({ status: 'measured' }, launches - failed);
  const promises = gauge('forgebench_last_run_targets');
  for (const [status, number] of Object.entries(targets)) promises.set({ status }, number);
  const timed = run.cases.filter(({ figures }) => figures.p50?.unit === 'ns').slice(0, MOST_CASES);
  const times = gauge('forgebench_case_p50_seconds');
  for (const { id: name, figures } of timed) times.set({ case: name }, (figures.p50?.value ?? 0) / 1e9);
  gauge('forgebench_last_run_cases_left_out').set(run.cases.length - timed.length);
}
