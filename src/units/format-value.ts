// A value by the unit that the store knows of it.
import { formatBytes, formatCount, formatNs, formatPercent, formatRate, MISSING } from './format.js';

const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  ns: formatNs,
  B: formatBytes,
  '/s': formatRate,
  share: formatPercent,
  '': formatCount,
};

/**
 * A value in its unit: `ns`, `B`, `/s`, `share`, nothing for a count, or a unit of the workload's own.
 *
 * @example
 * formatValue(1500, 'ns'); // '1.50 µs'
 * formatValue(3, 'frames'); // '3.000 frames'
 */
export function formatValue(value: number, unit: string): string {
  if (!Number.isFinite(value)) return MISSING;
  return FORMATS[unit]?.(value) ?? `${value.toPrecision(4)} ${unit}`;
}
