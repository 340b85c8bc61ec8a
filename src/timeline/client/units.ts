// Figures as a person reads them.

/** Seconds on the axis of time. */
export const SECOND_NS = 1e9;

/** A time in its unit, three digits. */
export function timeText(ns: number): string {
  return scaled(ns, 1000, ['ns', 'µs', 'ms', 's']);
}

/** Bytes in their unit, three digits. */
export function bytesText(bytes: number): string {
  return scaled(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB']);
}

/** A share in percent. */
export function percentText(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function scaled(value: number, step: number, names: readonly string[]): string {
  let [left, at] = [value, 0];
  while (Math.abs(left) >= step && at < names.length - 1) {
    left /= step;
    at += 1;
  }
  return `${Number(left.toPrecision(3))} ${names[at]}`;
}
