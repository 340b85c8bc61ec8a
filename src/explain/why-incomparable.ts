// Frames are compared only where both sides were captured the same way.
import type { Profile } from '../profile/index.js';

/** Intervals that are said to be equal differ by what a timer can do. */
const SAME_INTERVAL = 1.05;

/**
 * Why two profiles have frames that cannot be compared.
 *
 * @returns nothing where they can
 * @example
 * whyIncomparable(base, head) // 'engine (perf against native)'
 */
export function whyIncomparable(base: Profile, head: Profile): string | undefined {
  const differences: string[] = [];
  const compare = (what: string, old: unknown, now: unknown) => {
    if (old !== now) differences.push(`${what} (${old ?? 'not said'} against ${now ?? 'not said'})`);
  };
  compare('engine', base.engine, head.engine);
  compare('unit', base.unit, head.unit);
  const ratio = Math.max(base.interval, head.interval) / Math.min(base.interval, head.interval);
  if (ratio > SAME_INTERVAL) compare('interval, ns', base.interval, head.interval);
  const [old, now] = [base.capture ?? {}, head.capture ?? {}];
  for (const what of new Set([...Object.keys(old), ...Object.keys(now)])) compare(what, old[what], now[what]);
  return differences.length === 0 ? undefined : differences.join(', ');
}
