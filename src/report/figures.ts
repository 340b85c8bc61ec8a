// What every renderer says of figures in the same words: targets, exponents, and why something is missing.
import type { Estimate, Figure, Growth, Summary, TargetResult } from '../statistics/index.js';
import type { RunRecord } from '../store/index.js';
import {
  formatBytes,
  formatCount,
  formatInterval,
  formatNs,
  formatPercent,
  formatRate,
  formatValue,
  histogramBars,
  MISSING,
} from '../units/index.js';
import type { Metric } from './metrics.js';

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
    case 'peak':
      return summary.memory.peakBytes;
    case 'retained':
      return summary.memory.retainedBytes;
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
  if (target.metric === 'figure') return (value) => formatValue(value, target.unit);
  if (['growth', 'leak', 'peak', 'retained'].includes(target.metric)) return formatBytes;
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

/** A promise that could not be judged for want of a figure, with all cases that this holds for. */
export interface UnjudgedTarget {
  text: string;
  reason: string;
  caseIds: string[];
}

/** Promises without a figure, each with the same reason once, in order of appearance. */
export function unjudgedTargets(record: RunRecord): UnjudgedTarget[] {
  const groups = new Map<string, UnjudgedTarget>();
  for (const summary of record.summaries) {
    for (const result of summary.targets) {
      const figure = figureOfTarget(summary, result);
      if (!result.applies || !('missing' in figure)) continue;
      const { text } = result.target;
      const key = JSON.stringify([text, figure.missing]);
      const group = groups.get(key) ?? { text, reason: figure.missing, caseIds: [] };
      group.caseIds.push(summary.caseId);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
