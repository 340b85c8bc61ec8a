// A run as comma-separated values: a line for each case, a column for each figure and each end of its interval.
import type { RunRecord } from '../store/index.js';
import { estimateOf } from './figures.js';
import { INSTRUCTIONS, METRICS, MORE_MEMORY_METRICS, MORE_METRICS, RESOURCE_METRICS } from './metrics.js';

// Units belong into the header of a file that other programs read.
const COLUMNS: Readonly<Record<string, string>> = {
  p50: 'p50_ns',
  p95: 'p95_ns',
  p99: 'p99_ns',
  throughput: 'throughput_per_s',
  allocations: 'allocations',
  allocatedBytes: 'allocated_bytes',
  cpu: 'cpu_ns',
  utilisation: 'cpu_utilisation',
  peak: 'peak_bytes',
  retained: 'retained_bytes',
  growth: 'growth_bytes',
  rss: 'max_rss_bytes',
  busy: 'busy_share',
  liveGrowth: 'live_growth_per_million',
  left: 'left_bytes',
  live: 'live_bytes',
  leftFirst: 'left_at_first_bytes',
  fragmentation: 'rss_over_live',
  collections: 'gc_per_million',
  collectionNs: 'gc_ns',
  minorFaults: 'minor_faults_per_s',
  majorFaults: 'major_faults_per_s',
  voluntarySwitches: 'voluntary_switches_per_s',
  involuntarySwitches: 'involuntary_switches_per_s',
  readBytes: 'read_bytes_per_s',
  writtenBytes: 'written_bytes_per_s',
  storageReadBytes: 'storage_read_bytes_per_s',
  storageWrittenBytes: 'storage_written_bytes_per_s',
  collectionShare: 'gc_share',
  instructions: 'instructions',
  eventLoopDelayNs: 'event_loop_delay_p99_ns',
};

/**
 * The summaries of a run as CSV (RFC 4180), with full precision; a missing figure is an empty field.
 *
 * @example
 * toCsv(record).split('\r\n')[0].startsWith('run,case,suite,launches,p50_ns,p50_ns_low,p50_ns_high') // true
 */
export function toCsv(record: RunRecord): string {
  const metrics = [...METRICS, ...MORE_METRICS, ...MORE_MEMORY_METRICS, ...RESOURCE_METRICS, INSTRUCTIONS];
  const names = metrics.map(({ key }) => COLUMNS[key] ?? key);
  const head = ['run', 'case', 'suite', 'launches', ...names.flatMap((name) => [name, `${name}_low`, `${name}_high`])];
  const rows = record.summaries.map((summary) => [
    record.id,
    summary.caseId,
    summary.suite,
    String(summary.launches.time),
    ...metrics.flatMap((metric) => {
      const estimate = estimateOf(metric.of(summary));
      return estimate === undefined ? ['', '', ''] : [estimate.value, estimate.low, estimate.high].map(String);
    }),
  ]);
  return [head, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
