// Criterion's verdict, from its published rule (criterion.rs 0.5, src/analysis/compare.rs).
import { Random } from './random.js';
import { moments } from './welch.js';

/** Resamples of each bootstrap; Criterion itself takes 100,000. */
const RESAMPLES = 2000;

/** What Criterion says: a p-value of the means, and bounds of the change of the mean. */
export interface CriterionResult {
  pValue: number;
  low: number;
  high: number;
}

/**
 * The relative change of the mean with its 95 % interval by a bootstrap of each sample; and the t statistic against its
 * distribution among resamples of both samples mixed. Where the interval has 0 inside, there is no verdict whatever the
 * p-value, which is then not computed but 1.
 */
export function criterion(base: readonly number[], head: readonly number[], seed: number): CriterionResult {
  const random = new Random(seed);
  const changes = Float64Array.from(
    { length: RESAMPLES },
    () => drawnMean(head, random) / drawnMean(base, random) - 1,
  ).sort();
  const low = changes[Math.floor(0.025 * RESAMPLES)] as number;
  const high = changes[Math.ceil(0.975 * RESAMPLES) - 1] as number;
  return { pValue: low > 0 || high < 0 ? pOfMeans(base, head, random) : 1, low, high };
}

function pOfMeans(base: readonly number[], head: readonly number[], random: Random): number {
  const seen = tStatistic(head, base);
  const mixed = [...base, ...head];
  let above = 0;
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const drawn = mixed.map(() => mixed[random.below(mixed.length)] as number);
    if (tStatistic(drawn.slice(0, head.length), drawn.slice(head.length)) > seen) above++;
  }
  return (2 * Math.min(above, RESAMPLES - above)) / RESAMPLES;
}

function tStatistic(one: readonly number[], other: readonly number[]): number {
  const [first, second] = [moments(one), moments(other)];
  return (first.mean - second.mean) / Math.sqrt(first.varianceOfMean + second.varianceOfMean);
}

function drawnMean(values: readonly number[], random: Random): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[random.below(values.length)] as number;
  return sum / values.length;
}
