// What goes on to Rust, which knows numbers of one kind only, and memory that nobody else writes to.
import { inspect, types } from 'node:util';

/** What was passed, short enough for an error. */
function show(value: unknown): string {
  const text = inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY });
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/**
 * The same text.
 *
 * @param action what is done with it, as `insert`
 * @throws TypeError where it is none
 */
export function expectText(action: string, value: string): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`Cannot ${action} ${show(value)}: it is no string; pass one`);
}

/**
 * The same bytes; a copy of those that other threads may write to while Rust reads.
 *
 * @throws TypeError where they are none
 */
export function expectBytes(action: string, value: Uint8Array): Uint8Array {
  if (!types.isUint8Array(value))
    throw new TypeError(`Cannot ${action} ${show(value)}: it is no Uint8Array; pass the bytes in one`);
  return types.isSharedArrayBuffer(value.buffer) ? new Uint8Array(value) : value;
}

/**
 * The same numbers; a copy of those that other threads may write to while Rust reads.
 *
 * @throws TypeError where they are none
 */
export function expectColumn(name: string, value: Uint32Array): Uint32Array {
  if (!types.isUint32Array(value))
    throw new TypeError(`Cannot edit the document: ${name} is ${show(value)}; pass a Uint32Array`);
  return types.isSharedArrayBuffer(value.buffer) ? new Uint32Array(value) : value;
}

/**
 * The same number, which fits 32 bits.
 *
 * @throws RangeError where it would be rounded or wrapped around
 */
export function expectWhole(action: string, value: number): number {
  if (value >>> 0 === value) return value;
  throw new RangeError(`Cannot ${action} ${show(value)}: give a whole number from 0 to 4294967295`);
}
