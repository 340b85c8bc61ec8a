// Durations as people write them in flags and configuration: `10m`, `500ms`, `1.5 s`, `1m 30s`.

const MILLISECONDS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  µs: 1e-3,
  us: 1e-3,
  ms: 1,
  s: 1e3,
  m: 6e4,
  min: 6e4,
  h: 3.6e6,
  d: 8.64e7,
  w: 6.048e8,
};

const UNITS = 'ns, µs, ms, s, m, h, d or w';

/**
 * Reads a duration.
 *
 * @param text one or more numbers with a unit each; the units are ns, µs (us), ms, s, m (min), h, d and w.
 * @returns milliseconds, at least 0.
 * @throws RangeError that names the text and what is allowed.
 * @example
 * parseDuration('10m'); // 600000
 * parseDuration('1.5 s'); // 1500
 * parseDuration('1m 30s'); // 90000
 */
export function parseDuration(text: string): number {
  const written = text.trim().replaceAll('\u03bc', 'µ');
  if (written === '') throw unreadable(text, 'it is empty');
  if (written.startsWith('-') || written.startsWith('−')) throw unreadable(text, 'it is negative');
  if (/^[\d.]+$/.test(written)) throw unreadable(text, 'it has no unit');
  let milliseconds = 0;
  let rest = written;
  while (rest !== '') {
    const part = /^(\d+(?:\.\d+)?|\.\d+)\s*([a-zµ]+)\s*/.exec(rest);
    if (part === null) throw unreadable(text, `"${rest}" is not a number with a unit`);
    const [whole, number, unit = ''] = part;
    const size = Object.hasOwn(MILLISECONDS, unit) ? MILLISECONDS[unit] : undefined;
    if (size === undefined) throw unreadable(text, `"${unit}" is no unit of time`);
    milliseconds += Number(number) * size;
    rest = rest.slice(whole.length);
  }
  return milliseconds;
}

/** Whether {@link parseDuration} reads a text, and it is some time. */
export function isDuration(text: string): boolean {
  try {
    return parseDuration(text) > 0;
  } catch {
    return false;
  }
}

function unreadable(text: string, reason: string): RangeError {
  return new RangeError(
    `Cannot read duration ${JSON.stringify(text)}: ${reason}; write a number and ${UNITS}, such as 500ms, 1.5 s or 10m`,
  );
}
