// What `/metrics` says. Rules and panels take the names from here alone, so that none can ask for a metric that is not there.

/** What a metric is, and by what its time series differ; a gauge unless it counts. */
export interface Metric {
  help: string;
  labels: readonly string[];
  kind?: 'counter';
}

/** Cases with a time series of their own; a store may have any number, and Prometheus keeps every one that it has seen. */
export const MOST_CASES = 500;

export const METRICS = {
  forgebench_runs: { help: 'Runs in the store.', labels: [] },
  forgebench_cases: { help: 'Cases in the store.', labels: [] },
  forgebench_regressions: { help: 'Trends of p50 whose last change is a regression.', labels: [] },
  forgebench_last_run_start_timestamp_seconds: { help: 'When the newest run began.', labels: [] },
  forgebench_last_run_launches: { help: 'Launches of the newest run.', labels: ['status'] },
  forgebench_last_run_targets: { help: 'Targets of the newest run.', labels: ['status'] },
  forgebench_case_p50_seconds: { help: 'Median time of an operation in the newest run.', labels: ['case'] },
  forgebench_last_run_cases_left_out: {
    help: `Cases of the newest run beyond the first ${MOST_CASES}, or without a p50.`,
    labels: [],
  },
  forgebench_live_runs: { help: 'Runs under way in the folder of the server.', labels: [] },
  forgebench_live_launches: { help: 'Launches in the plans of runs under way.', labels: ['status'] },
  forgebench_live_resident_memory_bytes: { help: 'Resident memory of the processes of runs under way.', labels: [] },
  forgebench_live_launches_total: {
    help: 'Launches that ended in runs seen under way.',
    labels: ['status'],
    kind: 'counter',
  },
  forgebench_live_samples_total: { help: 'Samples taken in runs seen under way.', labels: [], kind: 'counter' },
  forgebench_live_operations_total: { help: 'Operations timed or counted in them.', labels: [], kind: 'counter' },
  forgebench_live_cpu_seconds_total: {
    help: 'Processor time of launches while they were timed or counted.',
    labels: [],
    kind: 'counter',
  },
} as const satisfies Readonly<Record<string, Metric>>;

/** A metric of `/metrics`. */
export type MetricName = keyof typeof METRICS;

/**
 * A metric in PromQL.
 *
 * @example
 * metric('forgebench_last_run_targets', 'status="missed"'); // 'forgebench_last_run_targets{status="missed"}'
 */
export function metric(name: MetricName, matchers?: string): string {
  return matchers === undefined ? name : `${name}{${matchers}}`;
}
