// Moments as a person reads them.

/**
 * A moment to the minute, in the time zone that it was written in.
 *
 * @param time as `Date.toISOString` writes it
 * @example
 * formatMoment('2026-11-24T06:56:44.123Z'); // '2026-11-24 06:56'
 */
export function formatMoment(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
