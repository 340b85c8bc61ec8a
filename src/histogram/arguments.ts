// What may be recorded, where something else would pass for a number.
import { types } from 'node:util';
import { VALUE_MAX } from './layout.js';

/**
 * A value as a number; Node's own histograms take a bigint, too.
 *
 * @throws TypeError for a text, even in digits, and all else
 */
export function expectNumber(value: number | bigint): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw new TypeError(`Cannot record ${JSON.stringify(value) ?? String(value)}: it is no number`);
}

/**
 * Values as Rust reads them; a copy of those that other threads may write to meanwhile.
 *
 * @throws TypeError where they are no numbers in an array
 */
export function expectNumbers(values: Float64Array | ArrayLike<number | bigint>): Float64Array {
  if (types.isFloat64Array(values)) return types.isSharedArrayBuffer(values.buffer) ? new Float64Array(values) : values;
  if (!Array.isArray(values) && !types.isTypedArray(values))
    throw new TypeError(`Cannot record values of ${typeof values}: pass an array of numbers, best a Float64Array`);
  const floats = new Float64Array(values.length);
  for (let index = 0; index < floats.length; index++) floats[index] = expectNumber(values[index] as number | bigint);
  return floats;
}

/**
 * Intervals are cut to whole numbers as values are, and half a unit would correct nothing without a word.
 *
 * @throws RangeError for an interval that is no such
 */
export function expectInterval(interval: number): void {
  if (interval !== 0 && !(typeof interval === 'number' && interval >= 1 && interval <= VALUE_MAX))
    throw new RangeError(`Cannot correct for an interval of ${interval}: it must be 0, or between 1 and 2^53`);
}
