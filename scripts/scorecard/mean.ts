// The mean, for whoever sums trials up.

/** The mean of values, of which there is at least one. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
