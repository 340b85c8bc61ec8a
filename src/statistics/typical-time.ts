// The typical time of one launch.
import { engine } from '../native/index.js';
import type { Timing } from '../samples/index.js';

const MEDIAN = Float64Array.of(0.5);

/** Nanoseconds per operation: the median of single operations where they were timed alone, of samples otherwise. */
export function typicalNs(timing: Timing): number {
  return timing.latencyQuantiles?.p50 ?? medianOfSamples(timing);
}

/** Median of a launch's samples, nanoseconds per operation. */
export function medianOfSamples({ samplesNs }: Timing): number {
  return engine().quantiles(Float64Array.from(samplesNs), MEDIAN)[0] as number;
}
