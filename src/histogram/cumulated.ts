// Numbers of values up to each block of buckets: where a quantile lies is a search in them.
import { engine } from '../native/index.js';

/** Buckets in a block, as the engine has it. */
const BLOCK = 32;

/** The cumulated counts of a histogram at one moment. */
export class Cumulated {
  /** All values. */
  total = 0;
  #counts: Float64Array = new Float64Array(0);
  #sums = new Float64Array(0);

  /** Takes the present counts. */
  update(counts: Float64Array): void {
    const blocks = Math.ceil(counts.length / BLOCK);
    if (this.#sums.length !== blocks) this.#sums = new Float64Array(blocks);
    this.#counts = counts;
    this.total = engine().histogramCumulate(counts, this.#sums);
  }

  /** The bucket of the value that has `rank` when all are in order; `rank` in [1, total]. */
  indexOf(rank: number): number {
    const sums = this.#sums;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] as number) >= rank) high = middle;
      else low = middle + 1;
    }
    let seen = low === 0 ? 0 : (sums[low - 1] as number);
    let index = low * BLOCK;
    for (; index < this.#counts.length; index++) {
      seen += this.#counts[index] as number;
      if (seen >= rank) return index;
    }
    return Math.max(index - 1, 0);
  }

  /** How many values lie in bucket `index` and all before it. */
  upTo(index: number): number {
    if (index >= this.#counts.length) return this.total;
    const block = Math.floor(index / BLOCK);
    let seen = block === 0 ? 0 : (this.#sums[block - 1] as number);
    for (let each = block * BLOCK; each <= index; each++) seen += this.#counts[each] as number;
    return seen;
  }
}
