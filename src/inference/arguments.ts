// What may go on to Rust, where a number that does not fit its type would wrap.

/** The numbers that an argument may be. */
export interface Range {
  least: number;
  most: number;
  /** What the number is of, as the text of the error says it. */
  noun?: string;
  /** A number that suits most, as the remedy. */
  usual?: number;
}

/**
 * A whole number within a range, ends included.
 *
 * @param action what is done with it, as `bootstrap with`
 * @throws RangeError that names the action, the value and what is needed
 */
export function wholeNumber(action: string, value: number, range: Range): number {
  if (Number.isInteger(value) && value >= range.least && value <= range.most) return value;
  const ends = [range.least, range.most].map((end) => end.toLocaleString('en-US'));
  return refuse(action, value, range, `a whole number from ${ends.join(' to ')}`);
}

/**
 * A number in [0, 1].
 *
 * @throws RangeError that names the action, the value and what is needed
 */
export function share(action: string, value: number): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  return refuse(action, value, {}, 'a number from 0 to 1');
}

/**
 * A number in (0, 1), where nothing is said by the ends, as of a confidence.
 *
 * @throws RangeError that names the action, the value and what is needed
 */
export function innerShare(action: string, value: number, usual: number): number {
  if (typeof value === 'number' && value > 0 && value < 1) return value;
  return refuse(action, value, { usual }, 'a number above 0 and below 1');
}

/** Throws; texts are quoted, so that `"5"` is not mistaken for 5. */
export function refuse(action: string, value: unknown, { noun, usual }: Partial<Range>, needed: string): never {
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  const subject = noun === undefined ? shown : `${shown} ${noun}`;
  const remedy = usual === undefined ? '' : `; use ${usual}`;
  throw new RangeError(`Cannot ${action} ${subject}: ${needed} is needed${remedy}`);
}
