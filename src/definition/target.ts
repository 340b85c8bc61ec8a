// Targets as authors write them, `p95 < 1 ms`, read into numbers.
import type { Parameters } from '../samples/index.js';
import { parseQuantity } from '../units/index.js';
import type { Benchmark, Target } from './benchmark.js';

type Measured = Exclude<Target['metric'], 'figure'>;

const DIMENSION: Record<Measured, string> = {
  p50: 'time',
  p95: 'time',
  p99: 'time',
  throughput: 'rate',
  growth: 'bytes',
  'live-growth': 'ratio',
  leak: 'bytes',
  busy: 'ratio',
  peak: 'bytes',
  retained: 'bytes',
};

const UNIT: Readonly<Record<string, string>> = { time: 'ns', rate: '/s', bytes: 'B', ratio: 'share' };

/**
 * Reads a target such as `p95 < 1 ms`, `throughput > 100k/s`, `live-growth < 10 %` or `leak < 1 B`.
 *
 * @param figures the benchmark's own figures; `overhead < 15 %` speaks of one, in its own unit
 * @throws RangeError where the metric is unknown or the quantity has another dimension.
 * @example
 * parseTarget('p95 < 1 ms', {}).limit // 1_000_000, nanoseconds
 */
export function parseTarget(text: string, where: Parameters, figures: Benchmark['figures'] = {}): Target {
  const match = /^([\w-]+)\s*([<>])\s*(.+)$/.exec(text.trim());
  const name = match?.[1] ?? '';
  if (match && Object.hasOwn(figures, name))
    return figureTarget(text, where, { name, unit: figures[name]?.unit ?? '' });
  const metric = name as Measured;
  if (!match || !Object.hasOwn(DIMENSION, metric)) {
    const known = [...Object.keys(DIMENSION), ...Object.keys(figures)].join(', ');
    throw new RangeError(
      `Cannot read target "${text}": write METRIC < QUANTITY or METRIC > QUANTITY, where METRIC is one of ${known}`,
    );
  }
  const quantity = parseQuantity(match[3] as string);
  if (quantity.dimension !== DIMENSION[metric]) {
    throw new RangeError(
      `Cannot read target "${text}": ${metric} is a ${DIMENSION[metric]}, "${match[3]}" is a ${quantity.dimension}`,
    );
  }
  const unit = UNIT[DIMENSION[metric]] ?? '';
  return { text, metric, relation: match[2] as '<' | '>', limit: quantity.value, unit, where };
}

/** A promise about one of the benchmark's own figures; its number is in the figure's unit. */
function figureTarget(text: string, where: Parameters, { name, unit }: { name: string; unit: string }): Target {
  const match = /([<>])\s*(-?\d+(?:\.\d+)?)\s*(.*)$/.exec(text.trim());
  if (!match || (match[3] ?? '') !== unit)
    throw new RangeError(`Cannot read target "${text}": ${name} is in "${unit}"; write a number and that unit`);
  return {
    text,
    metric: 'figure',
    figure: name,
    relation: match[1] as '<' | '>',
    limit: Number(match[2]),
    unit,
    where,
  };
}
