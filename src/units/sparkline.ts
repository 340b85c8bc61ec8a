// Distributions in one line of text.

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * A bar for each value, scaled from zero to the highest. A value of zero (or none) is a space, so that gaps show.
 *
 * @param values counts or sizes; what is not above zero is a gap.
 * @example
 * sparkline([1, 4, 8, 0, 2]); // '▁▄█ ▂'
 */
export function sparkline(values: readonly number[]): string {
  const highest = values.reduce((high, value) => (Number.isFinite(value) ? Math.max(high, value) : high), 0);
  return values.map((value) => bar(value, highest)).join('');
}

/**
 * Counts of equally wide bins from `low` to `high`; what lies outside is counted in the first or last bin, so that no
 * value is lost to a plot.
 *
 * @param values samples, or equally spaced quantiles that stand for them; not finite ones are left out.
 * @param options `bins` at least 1; `low` and `high` default to the range of the values.
 * @example
 * histogramBars([1, 1, 2, 9], { bins: 4 }); // [3, 0, 0, 1]
 */
export function histogramBars(
  values: readonly number[],
  options: { bins: number; low?: number; high?: number },
): number[] {
  const finite = values.filter(Number.isFinite);
  const low = options.low ?? finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = options.high ?? finite.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const counts = new Array<number>(options.bins).fill(0);
  for (const value of finite) {
    const place = high > low ? Math.floor(((value - low) / (high - low)) * options.bins) : Math.floor(options.bins / 2);
    const bin = Math.min(options.bins - 1, Math.max(0, place));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

function bar(value: number, highest: number): string {
  if (!(value > 0)) return ' ';
  const step = Math.min(BARS.length, Math.max(1, Math.round((value / highest) * BARS.length)));
  return BARS[step - 1] ?? ' ';
}
