// Figures as a person reads them: three significant digits, the unit that fits, one typographic style everywhere.
// The browser side of the report uses these functions too, so nothing here needs Node.

/** What is shown where there is no figure. */
export const MISSING = '–';

const MINUS = '−';
/** An interval that ends beyond so many times the estimate says more by its ends than by thousands of per cent. */
const WIDEST = 10;

interface Unit {
  size: number;
  name: string;
}

const TIME_UNITS: readonly Unit[] = [
  { size: 1, name: 'ns' },
  { size: 1e3, name: 'µs' },
  { size: 1e6, name: 'ms' },
  { size: 1e9, name: 's' },
];
const DECIMAL_PREFIXES: readonly Unit[] = [
  { size: 1, name: '' },
  { size: 1e3, name: 'k' },
  { size: 1e6, name: 'M' },
  { size: 1e9, name: 'G' },
  { size: 1e12, name: 'T' },
];
const BYTE_UNITS: readonly Unit[] = [
  { size: 1, name: 'B' },
  { size: 2 ** 10, name: 'KiB' },
  { size: 2 ** 20, name: 'MiB' },
  { size: 2 ** 30, name: 'GiB' },
  { size: 2 ** 40, name: 'TiB' },
];

/**
 * A time, with three significant digits and the unit that fits.
 *
 * @param ns nanoseconds; below 1 ns three decimals are kept, so that a residual reads as what it is.
 * @example
 * formatNs(1239); // '1.24 µs'
 * formatNs(0.05); // '0.050 ns'
 * formatNs(90e9); // '90.0 s'
 */
export function formatNs(ns: number): string {
  return withUnit(ns, TIME_UNITS);
}

/**
 * A duration of a process or a run, in at most two units.
 *
 * @param ms milliseconds, at least 0.
 * @example
 * formatDuration(850); // '850 ms'
 * formatDuration(12_340); // '12.3 s'
 * formatDuration(754_000); // '12 min 34 s'
 */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return MISSING;
  if (ms === 0) return '0 s';
  if (ms < 59_950) return formatNs(ms * 1e6);
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return twoUnits([minutes, 'min'], [seconds % 60, 's']);
  return twoUnits([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min']);
}

/**
 * How often something happens each second; trailing zeros are left out.
 *
 * @param perSecond events per second.
 * @example
 * formatRate(3_100_000); // '3.1 M/s'
 * formatRate(12.5); // '12.5 /s'
 */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return MISSING;
  const { digits, unit } = scaled(perSecond, DECIMAL_PREFIXES);
  return `${withoutZeros(digits)} ${unit.name}/s`;
}

/**
 * An amount of memory in binary units; trailing zeros are left out.
 *
 * @param bytes bytes, possibly a mean, possibly negative.
 * @example
 * formatBytes(512); // '512 B'
 * formatBytes(1536); // '1.5 KiB'
 */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return MISSING;
  const { digits, unit } = scaled(bytes, BYTE_UNITS);
  return `${withoutZeros(digits)} ${unit.name}`;
}

/**
 * A share as a percentage, with at most two significant digits below 10 % and none after the point above.
 *
 * @param share 1 is the whole.
 * @example
 * formatPercent(0.008); // '0.8 %'
 * formatPercent(0.956); // '96 %'
 */
export function formatPercent(share: number): string {
  if (!Number.isFinite(share)) return MISSING;
  return `${signed(share * 100, percentDigits)} %`;
}

/**
 * A count or a mean of counts; thousands are grouped, and from a million on a prefix is used.
 *
 * @example
 * formatCount(12_345); // '12,345'
 * formatCount(2.5); // '2.5'
 * formatCount(1_230_000); // '1.23 M'
 */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return MISSING;
  const size = Math.abs(count);
  if (size >= 999_999.5) {
    const { digits, unit } = scaled(count, DECIMAL_PREFIXES);
    return `${withoutZeros(digits)} ${unit.name}`;
  }
  if (size >= 999.5) return signed(count, (value) => grouped(Math.round(value)));
  return withoutZeros(signed(count, threeDigits));
}

/**
 * The interval of an estimate, relative where that makes sense. Two sides within a fifth of each other are given as the
 * larger one; an estimate that is not above zero has no relative interval and is given with its ends,
 * and so is one that may be ten times as large.
 *
 * @param estimate low ≤ value ≤ high.
 * @param format turns one value into text.
 * @example
 * formatInterval({ value: 1240, low: 1230, high: 1250 }, formatNs); // '±0.8 %'
 * formatInterval({ value: 1240, low: 1234, high: 1265 }, formatNs); // '−0.5 % +2 %'
 * formatInterval({ value: 0.01, low: -0.02, high: 0.04 }, formatNs); // '[−0.020 ns, 0.040 ns]'
 * formatInterval({ value: 1e6, low: 8e4, high: 13e6 }, formatNs); // '[80.0 µs, 13.0 ms]'
 */
export function formatInterval(
  { value, low, high }: { value: number; low: number; high: number },
  format: (value: number) => string,
): string {
  if (![value, low, high].every(Number.isFinite)) return '';
  if (low === value && high === value) return '±0 %';
  if (value <= 0 || low <= 0 || high > value * WIDEST) return `[${format(low)}, ${format(high)}]`;
  const below = (value - low) / value;
  const above = (high - value) / value;
  const larger = Math.max(below, above);
  if (Math.abs(below - above) <= 0.2 * larger) return `±${formatPercent(larger)}`;
  return `${MINUS}${formatPercent(Math.abs(below))} +${formatPercent(Math.abs(above))}`;
}

function twoUnits(large: [number, string], small: [number, string]): string {
  return small[0] === 0 ? large.join(' ') : `${large.join(' ')} ${small.join(' ')}`;
}

function withUnit(value: number, units: readonly Unit[]): string {
  if (!Number.isFinite(value)) return MISSING;
  const { digits, unit } = scaled(value, units);
  return `${digits} ${unit.name}`;
}

/** Chooses the unit after rounding, so that 999.7 ns becomes 1.00 µs and never 1000 ns. */
function scaled(value: number, units: readonly Unit[]): { digits: string; unit: Unit } {
  const size = Math.abs(value);
  let index = 0;
  for (let next = 1; next < units.length; next++) {
    const step = at(units, next).size / at(units, next - 1).size;
    if (size / at(units, next - 1).size >= step - 0.5) index = next;
  }
  const unit = at(units, index);
  return { digits: signed(value / unit.size, threeDigits), unit };
}

function at(units: readonly Unit[], index: number): Unit {
  const unit = units[index];
  if (unit === undefined) throw new RangeError(`Cannot choose unit ${index}: there are ${units.length}`);
  return unit;
}

/** Three significant digits of a value ≥ 0, never more than three decimals and never in powers of ten. */
function threeDigits(value: number): string {
  if (value >= 99.95) return value.toFixed(0);
  if (value >= 9.995) return value.toFixed(1);
  if (value >= 0.9995) return value.toFixed(2);
  return value === 0 ? '0' : value.toFixed(3);
}

function percentDigits(value: number): string {
  if (value >= 9.95) return value.toFixed(0);
  if (value >= 0.095) return withoutZeros(value.toFixed(1));
  return withoutZeros(value.toFixed(2));
}

function signed(value: number, digits: (size: number) => string): string {
  const text = digits(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}

function withoutZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
