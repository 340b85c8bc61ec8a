// The typical time of one launch.
import type { Timing } from '../samples/index.js';
import { median } from './median.js';

/**
 * Whether every launch of a case timed its operations alone. Where operations are about as long as a clock allows, some
 * launches may and others not; batches are then all that they have in common.
 */
export function areTimedAlone(timings: readonly Timing[]): boolean {
  return timings.length > 0 && timings.every(({ latencyQuantiles }) => latencyQuantiles !== undefined);
}

/** Nanoseconds per operation: the median of single operations where all were timed `alone`, of samples otherwise. */
export function typicalNs(timing: Timing, alone: boolean): number {
  return (alone ? timing.latencyQuantiles?.p50 : undefined) ?? medianOfSamples(timing);
}

/** Median of a launch's samples, nanoseconds per operation. */
export function medianOfSamples({ samplesNs }: Timing): number {
  return median(samplesNs);
}
