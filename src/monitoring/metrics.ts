// What `/metrics` says. Rules and panels take the names from here alone, so that none can ask for a metric that is not there.

/** What a metric is, and by what its time series differ; a gauge unless it counts. */
export interface Metric {
  help: string;
  labels: readonly string[];
  kind?: 'counter';
}

/** Cases with a time series of their own; a store may have any number, and Prometheus keeps every one that it has seen. */
export const MOST_CASES = 500;

/** Series of the code under test with time series of their own: their labels may name anything. */
export const MOST_EMITTED = 500;

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
  forgebench_last_run_emitted_per_operation: {
    help: 'Counts, or values of a histogram, that the code under test emits for an operation; of the newest run, where it was profiled with metrics.',
    labels: ['case', 'metric', 'labels', 'kind'],
  },
  forgebench_last_run_emitted_value: {
    help: 'Latest value of a gauge, mean of a histogram in its own unit, that the code under test emits; of the same.',
    labels: ['case', 'metric', 'labels', 'kind'],
  },
  forgebench_last_run_emitted_left_out: {
    help: `Series of the code under test beyond the first ${MOST_EMITTED}, or that no recorder had room for.`,
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
