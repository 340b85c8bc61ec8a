// Limits of targets as people write them: `1 ms`, `100k/s`, `500 B`, `10 %`.

/** What a quantity measures. */
export type Dimension = 'time' | 'rate' | 'bytes' | 'ratio';

/** A number with its dimension, in the base unit of that dimension. */
export interface Quantity {
  /** Nanoseconds for a time, events per second for a rate, bytes, or a share of 1 for a ratio. */
  value: number;
  dimension: Dimension;
}

const TIMES: Readonly<Record<string, number>> = {
  ns: 1,
  µs: 1e3,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  min: 6e10,
  h: 3.6e12,
};
const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};
const PREFIXES: Readonly<Record<string, number>> = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9 };
const PERIODS: Readonly<Record<string, number>> = { ms: 1e-3, s: 1, min: 60, h: 3600 };

/**
 * Reads a quantity with its unit.
 *
 * @param text a number and one of: a unit of time; `/s` (also `/ms`, `/min`, `/h`) with an optional k, M or G;
 *   B, kB, MB, GB, KiB, MiB, GiB; or %.
 * @throws RangeError that names the text and what is allowed.
 * @example
 * parseQuantity('10 µs'); // { value: 10000, dimension: 'time' }
 * parseQuantity('100k/s'); // { value: 100000, dimension: 'rate' }
 * parseQuantity('10 %'); // { value: 0.1, dimension: 'ratio' }
 */
export function parseQuantity(text: string): Quantity {
  const written = /^\s*(-?(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)\s*(\S*)\s*$/.exec(text.replaceAll('\u03bc', 'µ'));
  if (written === null) throw unreadable(text, 'it is not a number with a unit');
  const [, digits = '', unit = ''] = written;
  const number = Number(digits.replaceAll('_', ''));
  if (unit === '') throw unreadable(text, 'it has no unit');
  if (unit === '%') return { value: number / 100, dimension: 'ratio' };
  const time = lookUp(TIMES, unit);
  if (time !== undefined) return { value: number * time, dimension: 'time' };
  const bytes = lookUp(BYTES, unit);
  if (bytes !== undefined) return { value: number * bytes, dimension: 'bytes' };
  const rate = perSecond(unit);
  if (rate !== undefined) return { value: number * rate, dimension: 'rate' };
  throw unreadable(text, `"${unit}" is no unit known here`);
}

function perSecond(unit: string): number | undefined {
  const [prefix = '', period, ...more] = unit.split('/');
  if (period === undefined || more.length > 0) return undefined;
  const times = lookUp(PREFIXES, prefix);
  const seconds = lookUp(PERIODS, period);
  return times === undefined || seconds === undefined ? undefined : times / seconds;
}

function lookUp(table: Readonly<Record<string, number>>, key: string): number | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function unreadable(text: string, reason: string): RangeError {
  return new RangeError(
    `Cannot read quantity ${JSON.stringify(text)}: ${reason}; write it like 1 ms, 10 µs, 100k/s, 500 B, 1.5 MiB or 10 %`,
  );
}
