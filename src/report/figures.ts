// What every renderer says of figures in the same words: columns, targets, exponents, and why something is missing.
import type { Estimate, Figure, Growth, Summary, TargetResult } from '../statistics/index.js';
import type { RunRecord } from '../store/index.js';
import {
  formatBytes,
  formatCount,
  formatInterval,
  formatNs,
  formatPercent,
  formatRate,
  histogramBars,
  MISSING,
} from '../units/index.js';

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

/** The estimate of a figure, if it has one that can be shown. */
export function estimateOf(figure: Figure): Estimate | undefined {
  return 'estimate' in figure && Number.isFinite(figure.estimate.value) ? figure.estimate : undefined;
}

/** The value alone, or a dash. */
export function valueText(figure: Figure, format: (value: number) => string): string {
  const estimate = estimateOf(figure);
  return estimate === undefined ? MISSING : format(estimate.value);
}

/** The interval alone, or nothing. */
export function intervalText(figure: Figure, format: (value: number) => string): string {
  const estimate = estimateOf(figure);
  return estimate === undefined ? '' : formatInterval(estimate, format);
}

/** Bars of the middle 90 % of a case's samples; what lies outside is counted at the ends, so that it hides no shape. */
export function distributionBars(summary: Summary, bins: number): number[] {
  const quantiles = summary.distributionNs;
  if (quantiles.length < 3) return [];
  const tail = Math.ceil(quantiles.length * 0.05);
  const [low = 0, high = 0] = [quantiles[tail], quantiles[quantiles.length - 1 - tail]];
  return histogramBars(quantiles, { bins, low, high });
}

/** The figure that a target speaks of. */
export function figureOfTarget(summary: Summary, { target }: TargetResult): Figure {
  if (target.metric === 'figure')
    return summary.figures[target.figure ?? ''] ?? { missing: 'not told by the workload' };
  switch (target.metric) {
    case 'growth':
      return summary.memory.growthBytes;
    case 'live-growth':
      return summary.memory.liveGrowth;
    case 'leak':
      return summary.memory.leftBytes;
    case 'busy':
      return summary.resources.busy;
    default:
      return summary[target.metric];
  }
}

const MILLION = 1e6;

/** ` (extrapolated from 12,300 operations)` where a target speaks of more operations than were done, or nothing. */
export function extrapolationText({ memory: { operations } }: Summary, { target }: TargetResult): string {
  if (target.metric !== 'live-growth' || operations === null || operations >= MILLION) return '';
  return ` (extrapolated from ${formatCount(operations)} operations)`;
}

/** How a figure of a target's metric is written. */
export function formatOfTarget({ target }: TargetResult): (value: number) => string {
  if (target.metric === 'figure') return (value) => value.toPrecision(3);
  if (target.metric === 'growth' || target.metric === 'leak') return formatBytes;
  if (target.metric === 'live-growth' || target.metric === 'busy') return formatPercent;
  return target.metric === 'throughput' ? formatRate : formatNs;
}

/** `✓`, `✗` or `?`. */
export function targetSign({ status }: TargetResult): string {
  return { met: '✓', missed: '✗', unclear: '?' }[status];
}

/** `n^1.98 [1.95, 2.01]`, or why there is no exponent. */
export function exponentText(growth: Growth): string {
  if (!('estimate' in growth.exponent)) return growth.exponent.missing;
  const { value, low, high } = growth.exponent.estimate;
  return `n^${exponentDigits(value)} [${exponentDigits(low)}, ${exponentDigits(high)}]`;
}

/** `a=1, b=x`; empty for a case without parameters. */
export function parametersText(parameters: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

/** A reason with all that it explains. */
export interface MissingReason {
  reason: string;
  metrics: string[];
  caseIds: string[];
}

/** Why figures are missing, each reason once, in order of appearance. */
export function missingReasons(record: RunRecord, metrics: readonly Metric[]): MissingReason[] {
  const reasons = new Map<string, { metrics: Set<string>; caseIds: Set<string> }>();
  for (const summary of record.summaries) {
    for (const metric of metrics) {
      const figure = metric.of(summary);
      if (!('missing' in figure)) continue;
      const entry = reasons.get(figure.missing) ?? { metrics: new Set(), caseIds: new Set() };
      entry.metrics.add(metric.title);
      entry.caseIds.add(summary.caseId);
      reasons.set(figure.missing, entry);
    }
  }
  return [...reasons].map(([reason, entry]) => ({
    reason,
    metrics: [...entry.metrics],
    caseIds: [...entry.caseIds],
  }));
}

function exponentDigits(value: number): string {
  return value.toFixed(2).replace('-', '−');
}
