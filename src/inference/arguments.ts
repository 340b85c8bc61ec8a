// What may go on to Rust, where a number that does not fit its type would wrap.
import { types } from 'node:util';

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

/**
 * Values as Rust reads them; a copy of those that other threads may write to meanwhile.
 *
 * @param action what is done with them, as `make a sample of`
 * @throws TypeError where they are no numbers, which would pass for some otherwise
 */
export function numbers(action: string, values: ArrayLike<number>): Float64Array {
  if (types.isFloat64Array(values)) return types.isSharedArrayBuffer(values.buffer) ? new Float64Array(values) : values;
  if (typeof values !== 'object' || values === null || !Number.isSafeInteger(values.length))
    throw new TypeError(`Cannot ${action} ${typeof values}: pass an array of numbers, best a Float64Array`);
  const floats = new Float64Array(values.length);
  for (let index = 0; index < floats.length; index++) {
    const value = values[index] as number;
    if (typeof value !== 'number')
      throw new TypeError(`Cannot ${action} values of which one is a ${typeof value} (index ${index}): pass numbers`);
    floats[index] = value;
  }
  return floats;
}

/** Throws; texts are quoted, so that `"5"` is not mistaken for 5. */
export function refuse(action: string, value: unknown, { noun, usual }: Partial<Range>, needed: string): never {
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  const subject = noun === undefined ? shown : `${shown} ${noun}`;
  const remedy = usual === undefined ? '' : `; use ${usual}`;
  throw new RangeError(`Cannot ${action} ${subject}: ${needed} is needed${remedy}`);
}
