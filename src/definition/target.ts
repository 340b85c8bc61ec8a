// Targets as authors write them, `p95 < 1 ms`, read into numbers.
import type { Parameters } from '../samples/index.js';
import { parseQuantity } from '../units/index.js';
import type { Target } from './benchmark.js';

const DIMENSION: Record<Target['metric'], string> = {
  p50: 'time',
  p95: 'time',
  p99: 'time',
  throughput: 'rate',
  growth: 'bytes',
};

/**
 * Reads a target such as `p95 < 1 ms`, `throughput > 100k/s` or `growth < 1 B`.
 *
 * @throws RangeError where the metric is unknown or the quantity has another dimension.
 * @example
 * parseTarget('p95 < 1 ms', {}).limit // 1_000_000, nanoseconds
 */
export function parseTarget(text: string, where: Parameters): Target {
  const match = /^(\w+)\s*([<>])\s*(.+)$/.exec(text.trim());
  const metric = match?.[1] as Target['metric'] | undefined;
  if (!match || !metric || !(metric in DIMENSION)) {
    throw new RangeError(
      `Cannot read target "${text}": write METRIC < QUANTITY or METRIC > QUANTITY, where METRIC is one of ${Object.keys(DIMENSION).join(', ')}`,
    );
  }
  const quantity = parseQuantity(match[3] as string);
  if (quantity.dimension !== DIMENSION[metric]) {
    throw new RangeError(
      `Cannot read target "${text}": ${metric} is a ${DIMENSION[metric]}, "${match[3]}" is a ${quantity.dimension}`,
    );
  }
  return { text, metric, relation: match[2] as '<' | '>', limit: quantity.value, where };
}
