// What the code under test emits, as `/metrics` says it: the names of others are labels, never names.
import type { Gauge } from 'prom-client';
import { type MetricName, MOST_EMITTED } from '../monitoring/index.js';
import { type EmittedMetric, type MetricsReport, metricsReportFile } from '../profile/index.js';
import type { Store, StoredRun } from '../store/index.js';

/** Names and labels of others are any text; longer ones are cut. */
const LONGEST_TEXT = 200;
/** A report of 500 series has 200 kB; of larger ones, which others wrote, nothing is read. */
const MOST_BYTES = 5_000_000;

/** Sets the gauges of what cases of a run have emitted, the first {@link MOST_EMITTED} series in all. */
export async function measureEmitted(
  store: Pick<Store, 'readProfile'>,
  profiles: StoredRun['profiles'],
  gauge: (name: MetricName) => Gauge,
): Promise<void> {
  const perOperation = gauge('forgebench_last_run_emitted_per_operation');
  const value = gauge('forgebench_last_run_emitted_value');
  let [room, leftOut] = [MOST_EMITTED, 0];
  for (const { caseId, hash } of profiles.filter(({ kind, bytes }) => kind === 'metrics' && bytes <= MOST_BYTES)) {
    const report = readReport(await store.readProfile(hash));
    const shown = report.metrics.slice(0, room);
    room -= shown.length;
    leftOut += report.leftOut + report.metrics.length - shown.length;
    for (const metric of shown) {
      const labels = labelsOf(caseId, metric);
      if (metric.perOperation !== null) perOperation.set(labels, metric.perOperation);
      const its = metric.kind === 'gauge' ? metric.value : metric.mean;
      if (its !== null) value.set(labels, its);
    }
  }
  gauge('forgebench_last_run_emitted_left_out').set(leftOut);
}

/** Nothing where the file is gone, or others have written it. */
function readReport(content: Buffer | undefined): MetricsReport {
  try {
    return metricsReportFile.parse(JSON.parse(content?.toString() ?? ''));
  } catch {
    return { operations: 0, metrics: [], leftOut: 0 };
  }
}

function labelsOf(caseId: string, { name, labels, kind }: EmittedMetric) {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}=${JSON.stringify(text)}`);
  return { case: caseId, metric: cut(name), labels: cut(pairs.join(',')), kind };
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
