// The columns of every table of figures, each with its heading, its reason and its format.
import type { Figure, Summary } from '../statistics/index.js';
import type { RunRecord } from '../store/index.js';
import { formatBytes, formatCount, formatNs, formatPercent, formatRate } from '../units/index.js';

/** A column of figures. */
export interface Metric {
  key: string;
  /** Heading of the column. */
  title: string;
  /** One sentence for a reader who wonders what it is. */
  why: string;
  of(summary: Summary): Figure;
  format(value: number): string;
}

/** The columns of the main table. */
export const METRICS: readonly Metric[] = [
  { key: 'p50', title: 'p50', why: 'Typical time of one operation.', of: (s) => s.p50, format: formatNs },
  { key: 'p95', title: 'p95', why: 'Time that 95 % of operations stay within.', of: (s) => s.p95, format: formatNs },
  { key: 'p99', title: 'p99', why: 'Time that 99 % of operations stay within.', of: (s) => s.p99, format: formatNs },
  {
    key: 'throughput',
    title: 'throughput',
    why: 'Operations per second.',
    of: (s) => s.throughput,
    format: formatRate,
  },
  {
    key: 'busy',
    title: 'busy',
    why: 'CPU time over wall time and cores in use; 100 % is all of them busy.',
    of: (s) => s.resources.busy,
    format: formatPercent,
  },
  {
    key: 'allocations',
    title: 'allocs/op',
    why: 'Calls to the allocator per operation.',
    of: (s) => s.memory.allocations,
    format: formatCount,
  },
  {
    key: 'allocatedBytes',
    title: 'bytes/op',
    why: 'Bytes asked of the allocator per operation.',
    of: (s) => s.memory.allocatedBytes,
    format: formatBytes,
  },
];

/** The column of a run that counted instructions. */
export const INSTRUCTIONS: Metric = {
  key: 'instructions',
  title: 'instr/op',
  why: 'Instructions of one operation, of all threads, under callgrind; of JavaScript without its compiler.',
  of: (s) => s.instructions?.perOperation ?? { missing: 'instructions were not asked for' },
  format: formatCount,
};

/** The columns of the main table of a run that counted memory and timed nothing. */
const MEMORY_METRICS: readonly Metric[] = [
  {
    key: 'liveGrowth',
    title: 'live growth/1M',
    why: 'Growth of live bytes in a million operations, as a share of those in use.',
    of: (s) => s.memory.liveGrowth,
    format: formatPercent,
  },
  {
    key: 'left',
    title: 'left/round',
    why: 'Bytes that a round of set-up, iterations and teardown leaves behind: a leak, where above zero.',
    of: (s) => s.memory.leftBytes,
    format: formatBytes,
  },
  {
    key: 'live',
    title: 'live',
    why: 'Live bytes in use, the output of an iteration among them, more than before the set-up, in all heaps.',
    of: (s) => s.memory.liveBytes,
    format: formatBytes,
  },
  ...METRICS.slice(-2),
];

/** The columns of the second table, for those who look closer. */
export const MORE_METRICS: readonly Metric[] = [
  {
    key: 'cpu',
    title: 'CPU/op',
    why: 'CPU use while sampling times the time of one operation.',
    of: (s) => s.cpuNs,
    format: formatNs,
  },
  {
    key: 'utilisation',
    title: 'CPU use',
    why: 'CPU time over wall time; 100 % is one busy core.',
    of: (s) => s.cpuUtilisation,
    format: formatPercent,
  },
  {
    key: 'peak',
    title: 'peak live',
    why: 'Highest live bytes above the start of an iteration.',
    of: (s) => s.memory.peakBytes,
    format: formatBytes,
  },
  {
    key: 'retained',
    title: 'retained',
    why: 'Live bytes that the output of an iteration holds.',
    of: (s) => s.memory.retainedBytes,
    format: formatBytes,
  },
  {
    key: 'growth',
    title: 'growth/op',
    why: 'Live bytes that each operation leaves behind after teardown: a leak, where above zero.',
    of: (s) => s.memory.growthBytes,
    format: formatBytes,
  },
  {
    key: 'rss',
    title: 'max RSS',
    why: 'Highest resident memory of a launch, program and all.',
    of: (s) => s.memory.maxRssBytes,
    format: formatBytes,
  },
];

/** What else is known of memory, for those who look closer. */
export const MORE_MEMORY_METRICS: readonly Metric[] = [
  ...MEMORY_METRICS.slice(0, 3),
  {
    key: 'leftFirst',
    title: 'left at first',
    why: 'Bytes that the first teardown left, caches and tables that are made only once among them.',
    of: (s) => s.memory.leftFirstBytes,
    format: formatBytes,
  },
  {
    key: 'fragmentation',
    title: 'RSS/live',
    why: 'Resident over live bytes while an output was held, both more than before the set-up: 1 is no fragmentation.',
    of: (s) => s.memory.fragmentation,
    format: formatCount,
  },
  {
    key: 'collections',
    title: 'GC/1M',
    why: 'Collections of V8 in a million operations.',
    of: (s) => s.memory.collections,
    format: formatCount,
  },
  {
    key: 'collectionNs',
    title: 'GC/op',
    why: 'Pauses of V8 per operation.',
    of: (s) => s.memory.collectionNs,
    format: formatNs,
  },
];

/** What the timed part used; counts and bytes are per second. */
export const RESOURCE_METRICS: readonly Metric[] = [
  metric('minorFaults', ['faults/s', 'Page faults that needed no storage.'], formatCount),
  metric('majorFaults', ['major faults/s', 'Page faults that waited for storage.'], formatCount),
  metric('voluntarySwitches', ['waits/s', 'Times that a thread gave its core up to wait.'], formatCount),
  metric('involuntarySwitches', ['preemptions/s', 'Times that a thread lost its core.'], formatCount),
  metric('readBytes', ['read/s', 'Bytes that passed read and its kin: files, pipes, sockets.'], formatBytes),
  metric('writtenBytes', ['written/s', 'Bytes that passed write and its kin.'], formatBytes),
  metric('storageReadBytes', ['from storage/s', 'Bytes fetched from storage.'], formatBytes),
  metric('storageWrittenBytes', ['to storage/s', 'Bytes sent towards storage.'], formatBytes),
  metric('collectionShare', ['GC share', 'Collections of V8, as a share of the time.'], formatPercent),
  metric(
    'eventLoopDelayNs',
    ['loop delay p99', 'How late 99 % of the timers of the event loop were at most.'],
    formatNs,
  ),
];

type Measured = Exclude<keyof Summary['resources'], 'threads' | 'cores' | 'timeline'>;

function metric(key: Measured, [title, why]: [string, string], format: (value: number) => string): Metric {
  return { key, title, why, of: ({ resources }) => resources[key], format };
}

/** The columns of the main table of a run: times and, where asked for, instructions; where nothing was timed, memory. */
export function metricsOf({ settings }: Pick<RunRecord, 'settings'>): readonly Metric[] {
  if (settings.launches === 0) return MEMORY_METRICS;
  return settings.instructionLaunches === undefined ? METRICS : [...METRICS, INSTRUCTIONS];
}
