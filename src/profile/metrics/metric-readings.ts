// What the recorders of addons had heard at three moments of a profiled launch.
import { z } from 'zod';

const emitted = z.object({
  series: z.array(
    z.object({
      /** As the crate wrote it: any text. */
      name: z.string(),
      labels: z.array(z.object({ key: z.string(), value: z.string() })),
      kind: z.enum(['counter', 'gauge', 'histogram']),
      /** Of a counter its count so far, of a gauge its latest value, of a histogram the number of its values so far. */
      value: z.number().nullable(),
      /** Of the values of a histogram so far. */
      sum: z.number().nullish(),
      /** Median, 99th percentile and maximum since the moment before. */
      quantiles: z.array(z.number()).length(3).nullish(),
    }),
  ),
  /** Series for which there was no room. */
  leftOut: z.number().nonnegative(),
});

/** `metrics.readings.json` of a capture. */
export const metricReadings = z.object({
  addons: z.array(
    z.object({
      file: z.string(),
      /** Before the run that is watched; each run begins with a set-up and a check. */
      before: emitted,
      /** After it. */
      after: emitted,
      /** After another, shorter run. */
      later: emitted,
    }),
  ),
});
export type Emitted = z.infer<typeof emitted>;
export type MetricReadings = z.infer<typeof metricReadings>;
