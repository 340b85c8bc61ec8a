// Where the cases of each suite have gone since a moment.
import { Sample } from '../inference/index.js';
import { median } from '../statistics/index.js';
import { isSince } from './changes-since.js';
import type { Trend, TrendPoint } from './trend.js';

/** The cases of a suite on one machine. */
export interface SuiteTrend {
  suite: string;
  fingerprint: string;
  /** Cases that were measured since. */
  cases: number;
  /** Cases whose changes since make them slower or faster by the tolerance in all: one that was undone is neither. */
  slower: number;
  faster: number;
  /**
   * Median over the cases of their ratio, with its 95 % interval from order statistics: null where no case was measured at
   * a new commit since and at another before, an end of it null where there are too few cases.
   */
  typical: { ratio: number; low: number | null; high: number | null } | null;
}

/** Commits on each side that the level of a case is the median of. */
const WINDOW = 50;

/** Which time is looked at. */
export interface SuiteTrendOptions {
  since: Date;
  /** Ids of the runs since then. */
  runs: ReadonlySet<string>;
  /** A change that is smaller is not counted, as a share. */
  tolerance: number;
}

/** The trend of each suite on each machine, in alphabetical order. */
export function suiteTrends(trends: readonly Trend[], { since, runs, tolerance }: SuiteTrendOptions): SuiteTrend[] {
  const measured = trends.filter(({ points }) => points.some((point) => point.runs.some((run) => runs.has(run))));
  const groups = new Map<string, Trend[]>();
  for (const trend of measured) {
    const key = `${suiteOf(trend)} ${trend.fingerprint}`;
    groups.set(key, [...(groups.get(key) ?? []), trend]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, its]) => toSuite(its as [Trend, ...Trend[]], { since, tolerance }));
}

function suiteOf({ caseId }: Trend): string {
  return caseId.split('/', 1)[0] ?? caseId;
}

function toSuite(
  trends: readonly [Trend, ...Trend[]],
  { since, tolerance }: Omit<SuiteTrendOptions, 'runs'>,
): SuiteTrend {
  const nets = trends.map((trend) => netChange(trend, since));
  const ratios = trends.flatMap((trend) => ratioSince(trend, since) ?? []);
  return {
    suite: suiteOf(trends[0]),
    fingerprint: trends[0].fingerprint,
    cases: trends.length,
    slower: nets.filter((net) => net >= 1 + tolerance).length,
    faster: nets.filter((net) => net <= 1 / (1 + tolerance)).length,
    typical: ratios.length === 0 ? null : typicalOf(ratios),
  };
}

function typicalOf(ratios: readonly number[]): SuiteTrend['typical'] {
  const sample = new Sample(ratios);
  const { low, high } = sample.quantileInterval(0.5);
  const finite = (end: number) => (Number.isFinite(end) ? end : null);
  return { ratio: sample.median, low: finite(low), high: finite(high) };
}

/** What the changes since a moment make together, as a ratio; 1 where there are none. */
function netChange({ changes }: Trend, since: Date): number {
  return changes
    .filter(({ after }) => isSince(after, since))
    .reduce((product, { magnitude }) => product * (1 + magnitude), 1);
}

/** The present level over the one before, each as far as the nearest change. */
function ratioSince({ points, changes }: Trend, since: Date): number | undefined {
  const first = points.findIndex((point) => isSince(point, since));
  if (first <= 0) return undefined;
  const lastChangeIn = (end: number) => changes.findLast(({ index }) => index < end)?.index ?? 0;
  const before = points.slice(Math.max(lastChangeIn(first), first - WINDOW), first);
  const now = points.slice(Math.max(lastChangeIn(points.length), first)).slice(-WINDOW);
  const [old, level] = [before, now].map((its: readonly TrendPoint[]) => median(its.map(({ value }) => value)));
  return old !== undefined && level !== undefined && old > 0 ? level / old : undefined;
}
