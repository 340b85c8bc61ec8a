// Values whose squares can be told apart: variances, t and detectors of changes add squares.

/** Above it squares overflow, or sums of many do. */
const LARGEST = 1e150;
/** Differences below it have squares that are 0 or keep few digits. */
const SMALLEST = 1e-150;
/** Above it sums of as many values as a list can have overflow. */
const LARGEST_MEAN = 1e298;

/**
 * The same values. What is not finite is left to the engine, which names its place.
 *
 * @param action what squares are needed for, as `search the series`
 * @throws RangeError where the values are too large or too close together for squares
 */
export function squarable(action: string, values: Float64Array): Float64Array {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  // By index: an iterator takes longer than some tests do.
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const [reach, width] = [Math.max(-least, most), most - least];
  if (reach > LARGEST && reach < Number.POSITIVE_INFINITY)
    throw new RangeError(
      `Cannot ${action}: squares of values up to ${reach} overflow; divide the values by a unit, such as ${reach}`,
    );
  if (width > 0 && width < SMALLEST)
    throw new RangeError(
      `Cannot ${action}: differences up to ${width} are too small for squares; divide the values by a unit, such as ${width}`,
    );
  return values;
}

/**
 * The same mean.
 *
 * @throws RangeError where the sum it was made of may have overflowed
 */
export function mean(value: number): number {
  if (Math.abs(value) <= LARGEST_MEAN) return value;
  throw new RangeError(
    `Cannot take the mean of values up to ${value}: their sum overflows; divide the values by a unit, such as ${LARGEST_MEAN}`,
  );
}
