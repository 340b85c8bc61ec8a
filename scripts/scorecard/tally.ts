// Shares with their standard errors, and the curve of recall over false positives.

/** A share of trials and its standard error, both within [0, 1]. */
export interface Share {
  share: number;
  error: number;
  trials: number;
}

/**
 * Counts hits in trials of several clusters. Trials of one benchmark share its noise, so the standard error is that of
 * the ratio of cluster totals (Cochran, Sampling Techniques, 1977, 6.3); with one trial a cluster it is binomial.
 */
export class Tally {
  readonly #clusters = new Map<string, { hits: number; trials: number }>();

  add(cluster: string, isHit: boolean): void {
    const counts = this.#clusters.get(cluster) ?? { hits: 0, trials: 0 };
    this.#clusters.set(cluster, { hits: counts.hits + (isHit ? 1 : 0), trials: counts.trials + 1 });
  }

  get hits(): number {
    return [...this.#clusters.values()].reduce((sum, { hits }) => sum + hits, 0);
  }

  share(): Share {
    const clusters = [...this.#clusters.values()];
    const trials = clusters.reduce((sum, cluster) => sum + cluster.trials, 0);
    if (trials === 0) return { share: Number.NaN, error: Number.NaN, trials };
    const share = this.hits / trials;
    const squares = clusters.reduce((sum, cluster) => sum + (cluster.hits - share * cluster.trials) ** 2, 0);
    const correction = clusters.length > 1 ? clusters.length / (clusters.length - 1) : 1;
    return { share, error: Math.sqrt(correction * squares) / trials, trials };
  }
}

/** The share of a list of outcomes that are independent. */
export function shareOf(outcomes: readonly boolean[]): Share {
  const tally = new Tally();
  for (const [index, outcome] of outcomes.entries()) tally.add(String(index), outcome);
  return tally.share();
}

/**
 * The evidence that at most this share of unchanged cases exceed.
 *
 * @example
 * thresholdAt([1, 2, 3, 4], 0.25); // 3: one of four lies above
 */
export function thresholdAt(unchanged: readonly number[], falsePositives: number): number {
  const sorted = Float64Array.from(unchanged).sort();
  const allowed = Math.floor(falsePositives * sorted.length + 1e-9);
  return sorted[sorted.length - 1 - allowed] ?? Number.POSITIVE_INFINITY;
}

/** Which share of the values lies above a threshold. */
export function shareAbove(values: readonly number[], threshold: number): number {
  return values.filter((value) => value > threshold).length / values.length;
}
