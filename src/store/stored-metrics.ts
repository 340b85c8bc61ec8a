// Which figures of a summary the database holds, under which names.
import type { Figure, Summary } from '../statistics/index.js';
import type { StoredFigure } from './stored-run.js';

/** A metric: where it stands in a summary and its unit. */
interface StoredMetric {
  unit: string;
  of(summary: Summary): Figure;
}

/** Names are those of targets where a target may speak of the metric. */
const METRICS: Readonly<Record<string, StoredMetric>> = {
  p50: { unit: 'ns', of: ({ p50 }) => p50 },
  p95: { unit: 'ns', of: ({ p95 }) => p95 },
  p99: { unit: 'ns', of: ({ p99 }) => p99 },
  throughput: { unit: '/s', of: ({ throughput }) => throughput },
  cpu: { unit: 'ns', of: ({ cpuNs }) => cpuNs },
  busy: { unit: 'share', of: ({ resources }) => resources.busy },
  instructions: { unit: '', of: ({ instructions }) => instructions?.perOperation ?? { missing: 'not counted' } },
  allocations: { unit: '', of: ({ memory }) => memory.allocations },
  'allocated-bytes': { unit: 'B', of: ({ memory }) => memory.allocatedBytes },
  peak: { unit: 'B', of: ({ memory }) => memory.peakBytes },
  retained: { unit: 'B', of: ({ memory }) => memory.retainedBytes },
  growth: { unit: 'B', of: ({ memory }) => memory.growthBytes },
  'live-growth': { unit: 'share', of: ({ memory }) => memory.liveGrowth },
  leak: { unit: 'B', of: ({ memory }) => memory.leftBytes },
  'max-rss': { unit: 'B', of: ({ memory }) => memory.maxRssBytes },
};

/**
 * All figures of a case that are not missing, by name; figures of the workload's own are `figure:NAME`.
 *
 * @param units units of the workload's own figures
 * @param typicalNs the median of the launches' medians, which stands for a p50 that one launch gives no interval
 */
export function storedFigures(
  summary: Summary,
  units: Readonly<Record<string, { unit: string }>>,
  typicalNs: number | undefined,
): Record<string, StoredFigure> {
  const own = Object.entries(summary.figures).map(
    ([name, figure]) => [`figure:${name}`, units[name]?.unit ?? '', figure] as const,
  );
  const common = Object.entries(METRICS).map(([name, { unit, of }]) => [name, unit, of(summary)] as const);
  const figures = Object.fromEntries(
    [...common, ...own].flatMap(([name, unit, figure]) => toStored(name, unit, figure)),
  );
  if (!('p50' in figures) && typicalNs !== undefined)
    figures.p50 = { value: typicalNs, low: null, high: null, unit: 'ns' };
  return figures;
}

function toStored(name: string, unit: string, figure: Figure): [string, StoredFigure][] {
  if (!('estimate' in figure)) return [];
  const { value, low, high } = figure.estimate;
  return [value, low, high].every(Number.isFinite) ? [[name, { value, low, high, unit }]] : [];
}
