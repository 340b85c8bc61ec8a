// What an operation emits: of two runs of unlike length, set-up and check are the same, and cancel.
import { z } from 'zod';
import type { Emitted, MetricReadings } from './metric-readings.js';

type Series = Emitted['series'][number];

/** A metric with one set of labels. */
const emittedMetric = z.object({
  /** The addon's file. */
  addon: z.string(),
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  kind: z.enum(['counter', 'gauge', 'histogram']),
  /** Counts, or values of a histogram, for each operation; null for a gauge, and where both runs were as long. */
  perOperation: z.number().nullable(),
  /** Of a gauge, when the run had ended; of others what the run counted, set-up and check included. */
  value: z.number().nullable(),
  /** Mean of a histogram's values in the run, set-up and check included. */
  mean: z.number().nullable(),
  /** Median, 99th percentile and maximum of the same, within 1 %. */
  quantiles: z.object({ p50: z.number(), p99: z.number(), max: z.number() }).nullable(),
});
export type EmittedMetric = z.infer<typeof emittedMetric>;

/** The schema of `metrics.json`. */
export const metricsReportFile = z.object({
  /** Operations of the run that was watched. */
  operations: z.number().nonnegative(),
  /** By addon, name and labels. */
  metrics: z.array(emittedMetric),
  /** Series for which a recorder had no room. */
  leftOut: z.number().nonnegative(),
});
export type MetricsReport = z.infer<typeof metricsReportFile>;

/**
 * What the crates have emitted.
 *
 * @param operations of the run that was watched, and of the shorter one after it
 */
export function metricsReport(
  { addons }: MetricReadings,
  operations: { watched: number; after: number },
): MetricsReport {
  const metrics = addons.flatMap(({ file, before, after, later }) => {
    const [started, ended] = [byIdentity(before), byIdentity(later)];
    return after.series.map((series): EmittedMetric => {
      const identity = identityOf(series);
      const moments = { before: started.get(identity), after: series, later: ended.get(identity) };
      return { addon: file, ...describe(moments), ...perOperation(moments, operations) };
    });
  });
  const leftOut = addons.reduce((sum, { after }) => sum + after.leftOut, 0);
  return { operations: operations.watched, metrics, leftOut };
}

interface Moments {
  before: Series | undefined;
  after: Series;
  later: Series | undefined;
}

function describe({ before, after }: Moments): Omit<EmittedMetric, 'addon' | 'perOperation'> {
  const { name, kind, quantiles } = after;
  const value = kind === 'gauge' ? after.value : (after.value ?? 0) - (before?.value ?? 0);
  const sum = (after.sum ?? 0) - (before?.sum ?? 0);
  const [p50 = 0, p99 = 0, max = 0] = quantiles ?? [];
  return {
    name,
    labels: Object.fromEntries(after.labels.map(({ key, value }) => [key, value])),
    kind,
    value,
    mean: kind === 'histogram' && value ? sum / value : null,
    quantiles: quantiles ? { p50, p99, max } : null,
  };
}

function perOperation(
  { before, after, later }: Moments,
  operations: { watched: number; after: number },
): Pick<EmittedMetric, 'perOperation'> {
  const more = operations.watched - operations.after;
  if (after.kind === 'gauge' || more <= 0) return { perOperation: null };
  const [first = 0, second = 0, third = second] = [before?.value ?? 0, after.value ?? 0, later?.value ?? undefined];
  return { perOperation: (second - first - (third - second)) / more };
}

function byIdentity({ series }: Emitted): Map<string, Series> {
  return new Map(series.map((each) => [identityOf(each), each]));
}

function identityOf({ name, labels, kind }: Series): string {
  return JSON.stringify([kind, name, labels.map(({ key, value }) => [key, value])]);
}
