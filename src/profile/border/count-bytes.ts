// How many bytes a value takes across the border, and whether they are copied.

/** Bytes of values that crossed. */
export interface CrossedBytes {
  /** Strings as UTF-8, numbers and other plain values: the border makes a copy in the other language's form. */
  copied: number;
  /** Memory of buffers and typed arrays, which the other side may use in place. */
  shared: number;
}

const NUMBER_BYTES = 8;
/** Beyond this depth, and number of elements in all, a value is counted no further. */
const DEEPEST = 8;
const MOST_ELEMENTS = 100_000;

/**
 * Counts the bytes of values that cross the border: 8 for a number or bigint, 1 for a boolean, UTF-8 for strings and
 * names of properties. A value that stands in it twice is counted twice, as the border converts it twice.
 *
 * @example
 * countBytes(['straße', new Float64Array(4)]); // { copied: 7, shared: 32 }
 */
export function countBytes(values: readonly unknown[]): CrossedBytes {
  const total: CrossedBytes = { copied: 0, shared: 0 };
  let left = MOST_ELEMENTS;
  const add = (value: unknown, depth: number): void => {
    if (left-- <= 0) return;
    if (typeof value === 'string') total.copied += Buffer.byteLength(value);
    else if (typeof value === 'number' || typeof value === 'bigint') total.copied += NUMBER_BYTES;
    else if (typeof value === 'boolean') total.copied += 1;
    else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof SharedArrayBuffer)
      total.shared += value.byteLength;
    else if (typeof value === 'object' && value !== null && depth < DEEPEST) addParts(value, depth + 1);
  };
  const addParts = (value: object, depth: number): void => {
    if (Array.isArray(value)) for (const each of value) add(each, depth);
    else if (Object.getPrototypeOf(value) === Object.prototype)
      for (const [name, each] of Object.entries(value)) {
        add(name, depth);
        add(each, depth);
      }
  };
  for (const value of values) add(value, 0);
  return total;
}
