// `/metrics`: what the store says, for Prometheus. Labels are few whatever is stored: a status, one of the first cases, or one of
// the first series that the code under test emits.
import { Hono } from 'hono';
import { Counter, Gauge, Registry } from 'prom-client';
import { readTrends } from '../history/index.js';
import { METRICS, type Metric, type MetricName, MOST_CASES } from '../monitoring/index.js';
import type { Store } from '../store/index.js';
import type { LiveRun } from './live/live-run.js';
import type { RunsWatch } from './live/watch-runs.js';
import { measureEmitted } from './measure-emitted.js';
import type { PageSources } from './pages/page-request.js';
import { regressionsOf } from './regressions-of.js';
import { runHealth } from './run-health.js';
import type { ChangesWatch } from './watch-changes.js';

/** Serves the metrics; each scrape reads the store, and what is new of runs under way. */
export function metricsRoute({ store, changes, live }: Pick<PageSources, 'store' | 'changes' | 'live'>): Hono {
  const routes = new Hono();
  routes.get('/', async (context) => {
    // Made anew, so that what is gone from the store is gone from the answer.
    const registry = new Registry();
    const make = makerOf(registry);
    await measure(store, changes, make.gauge);
    measureLive(live, make);
    return context.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
  });
  return routes;
}

/** The same without a server, and without what is under way: trends are read before it answers. */
export async function metricsOfStore(store: Store): Promise<Registry> {
  const trends = await readTrends(store);
  const cases = (await store.cases()).length;
  const registry = new Registry();
  const changes = { latest: () => ({ trends, read: cases, cases }), follow: async () => {} };
  await measure(store, changes, makerOf(registry).gauge);
  return registry;
}

export type MakeGauge = (name: MetricName) => Gauge;
type MakeCounter = (name: CounterName) => Counter;

/** Metrics whose values never become less while the server runs. */
type CounterName = { [K in MetricName]: (typeof METRICS)[K] extends { kind: 'counter' } ? K : never }[MetricName];

function makerOf(registry: Registry): { gauge: MakeGauge; counter: MakeCounter } {
  const options = (name: MetricName) => {
    const { help, labels }: Metric = METRICS[name];
    return { name, help, labelNames: labels, registers: [registry] };
  };
  return { gauge: (name) => new Gauge(options(name)), counter: (name) => new Counter(options(name)) };
}

/** Rates of the counters are the throughput of a run while it goes on. */
function measureLive(live: RunsWatch, { gauge, counter }: ReturnType<typeof makerOf>): void {
  const running = live.unsaved().filter(({ state }) => state === 'running');
  gauge('forgebench_live_runs').set(running.length);
  const sum = (of: (run: LiveRun) => number) => running.reduce((total, run) => total + of(run), 0);
  const planned = gauge('forgebench_live_launches');
  planned.set(
    { status: 'done' },
    sum(({ done }) => done),
  );
  planned.set(
    { status: 'open' },
    sum(({ done, file }) => file.plan.requests.length - done),
  );
  gauge('forgebench_live_resident_memory_bytes').set(sum(({ use }) => use?.residentBytes ?? 0));
  const totals = live.totals();
  const launches = counter('forgebench_live_launches_total');
  launches.inc({ status: 'measured' }, totals.measured);
  launches.inc({ status: 'failed' }, totals.failed);
  counter('forgebench_live_samples_total').inc(totals.samples);
  counter('forgebench_live_operations_total').inc(totals.operations);
  counter('forgebench_live_cpu_seconds_total').inc(totals.cpuSeconds);
}

async function measure(
  store: Store,
  changes: Pick<ChangesWatch, 'latest' | 'follow'>,
  gauge: MakeGauge,
): Promise<void> {
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
  await measureEmitted(store, run.profiles, gauge);
}
