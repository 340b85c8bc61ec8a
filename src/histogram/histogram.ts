// The histogram: recording in JavaScript, into counts that Rust works on. It stays whole, because the counts are private to it.
import { engine } from '../native/index.js';
import { expectInterval, expectNumber, expectNumbers } from './arguments.js';
import { Cumulated } from './cumulated.js';
import { Layout, VALUE_MAX } from './layout.js';

/** The layout that nearly all histograms have: values below 2,048 have a bucket each, and every doubling above has 1,024. */
const USUAL = new Layout(3, 1);
const USUAL_MAGNITUDE = 10;
/** Positions of the highest bit of a word, from 31 down, less the above: how far a value is shifted to have 11 bits. */
const USUAL_SHIFT_MAX = 31 - USUAL_MAGNITUDE;
const USUAL_MASK = 2 * 2 ** USUAL_MAGNITUDE - 1;
/** The highest integer that V8 compares without unpacking it. */
const SMALL_MAX = 2 ** 31 - 1;

/** What a histogram is made of. */
export interface HistogramParts {
  layout: Layout;
  /** The highest value that may be recorded. */
  highest: number;
  /** Numbers of values in each bucket; what is missing at the end is 0. Absent: nothing was recorded. */
  counts?: Float64Array;
}

/** Two histograms by the ranks of their values. */
export interface MannWhitneyTest {
  /** Pairs in which this histogram's value is the larger one; pairs in one bucket count half. */
  uStatistic: number;
  /** The distance of U from what it would be without a difference, in standard deviations. */
  zScore: number;
  /** The probability of a U this far away on either side without a difference. */
  pValue: number;
}

/**
 * Counts of values in [0, `highest`], each kept to a number of significant decimal digits; made by `createHistogram`.
 *
 * Values may have fractions, which are cut off. Answers about values are ends of buckets, as in every HDR histogram. What needs
 * all counts is worked out when it is asked for first after recording, which takes a few microseconds.
 */
export class Histogram {
  readonly #layout: Layout;
  readonly #highest: number;
  #counts: Float64Array;
  /** The highest value that `#counts` has a bucket for, at most `#highest`. */
  #limit: number;
  /**
   * Whole numbers up to here are recorded by the quick path. It is -1 where the layout is not the usual one, and as long as
   * `#cumulated` is fresh, so that only the first value after a question has to say that it no longer is.
   */
  #quickMax = -1;
  readonly #cumulated = new Cumulated();
  /** Whether something was counted since `#cumulated` was made. */
  #isStale = true;

  /** Free text that a log shows with the histogram. */
  tag: string | undefined;
  /** When recording began, milliseconds since 1970; 0 where nobody said. */
  startTimeStampMsec = 0;
  /** When recording ended, milliseconds since 1970; 0 where nobody said. */
  endTimeStampMsec = 0;

  /** @param parts What `createHistogram` and decoders make. */
  constructor({ layout, highest, counts }: HistogramParts) {
    this.#layout = layout;
    this.#highest = highest;
    this.#counts = counts ?? new Float64Array(layout.index(highest) + 1);
    this.#limit = Math.min(highest, layout.highest(this.#counts.length - 1));
    this.#changed();
  }

  /**
   * Counts a value once.
   *
   * @param value In [0, `highest`]; a fraction is cut off.
   * @throws RangeError for another number, TypeError for anything else, and nothing is recorded.
   */
  record(value: number | bigint): void {
    const whole = typeof value === 'bigint' ? NaN : value >>> 0;
    if (whole !== value || whole > this.#quickMax) {
      this.#recordAny(value);
      return;
    }
    // Integers alone: turning a float into its bits takes twice as long as all of this.
    const shift = USUAL_SHIFT_MAX - Math.clz32(whole | USUAL_MASK);
    const index = (shift << USUAL_MAGNITUDE) + (whole >>> shift);
    this.#counts[index] = (this.#counts[index] as number) + 1;
  }

  /**
   * Counts a value several times.
   *
   * @param value In [0, `highest`].
   * @param count How often: a whole number.
   * @throws RangeError for anything else, and nothing is recorded.
   */
  recordWithCount(value: number | bigint, count: number): void {
    if (!Number.isSafeInteger(count) || count < 0)
      throw new RangeError(`Cannot record a value ${count} times: the count must be a whole number`);
    const index = this.#indexOf(value);
    this.#counts[index] = (this.#counts[index] as number) + count;
    this.#changed();
  }

  /**
   * Counts many values in one call to Rust: the quickest way for values that stand in an array already.
   *
   * @param values Each in [0, `highest`].
   * @throws Error that names the first invalid value, TypeError where they are no numbers in an array, and none is recorded.
   * @example
   * import { createHistogram } from 'forgebench/histogram';
   *
   * const histogram = createHistogram();
   * histogram.recordMany(Float64Array.of(120, 250.5, 1e6));
   * histogram.count; // 3
   */
  recordMany(values: Float64Array | ArrayLike<number | bigint>): void {
    const floats = expectNumbers(values);
    this.#grow();
    engine().histogramRecord(this.#counts, this.figures, this.lowest, this.#highest, floats);
    this.#changed();
  }

  /**
   * Counts a value, and those that operations started every `expectedInterval` would have seen meanwhile: `value` less one
   * interval, less two, and so on, down to the interval. A load generator that waits for a slow answer starts nothing in that
   * time, and so counts one slow operation where there would have been many (*coordinated omission*).
   *
   * @param value In [0, `highest`].
   * @param expectedInterval In the unit of values, 1 or more; 0 corrects nothing.
   * @throws RangeError for anything else, and nothing is recorded.
   */
  recordCorrected(value: number | bigint, expectedInterval: number): void {
    expectInterval(expectedInterval);
    this.#indexOf(value);
    engine().histogramRecordCorrected(this.#counts, this.figures, this.lowest, Number(value), expectedInterval);
    this.#changed();
  }

  /** Significant decimal digits that are kept. */
  get figures(): number {
    return this.#layout.digits;
  }

  /** The lowest value that is told from 0. */
  get lowest(): number {
    return this.#layout.unit;
  }

  /** The highest value that may be recorded. */
  get highest(): number {
    return this.#highest;
  }

  /** Which value falls into which bucket. */
  get layout(): Layout {
    return this.#layout;
  }

  /** The count of each bucket, for reading: what is written there is not noticed. */
  get counts(): Float64Array {
    return this.#counts;
  }

  /** Bytes of all counts. */
  get byteLength(): number {
    return this.#counts.byteLength;
  }

  /** How many values were recorded. */
  get count(): number {
    return this.#present().total;
  }

  /** The lowest value of the first bucket that holds something; 0 where nothing was recorded. */
  get min(): number {
    const cumulated = this.#present();
    return cumulated.total === 0 ? 0 : this.#layout.lowest(cumulated.indexOf(1));
  }

  /** The highest value of the last bucket that holds something; 0 where nothing was recorded. */
  get max(): number {
    const cumulated = this.#present();
    return cumulated.total === 0 ? 0 : this.#layout.highest(cumulated.indexOf(cumulated.total));
  }

  /** The mean, where each bucket counts at its middle; NaN where nothing was recorded. */
  get mean(): number {
    return this.#moments()[0];
  }

  /** The standard deviation of all values; NaN where nothing was recorded. */
  get stddev(): number {
    return this.#moments()[1];
  }

  /**
   * The value that a share of all values does not exceed: the highest of its bucket, or for 0 the lowest of the first.
   *
   * @param percentile In [0, 100].
   * @returns 0 where nothing was recorded.
   * @throws RangeError for another percentile.
   */
  percentile(percentile: number): number {
    if (!(typeof percentile === 'number' && percentile >= 0 && percentile <= 100))
      throw new RangeError(`Cannot find the percentile ${percentile}: it must be between 0 and 100`);
    const cumulated = this.#present();
    if (cumulated.total === 0) return 0;
    if (percentile === 0) return this.#layout.lowest(cumulated.indexOf(1));
    const rank = Math.max(Math.ceil((percentile * cumulated.total) / 100), 1);
    return this.#layout.highest(cumulated.indexOf(rank));
  }

  /**
   * Values at several percentiles.
   *
   * @returns Each percentile with its value, in the order given.
   * @example
   * import { createHistogram } from 'forgebench/histogram';
   *
   * const histogram = createHistogram();
   * for (let value = 1; value <= 1000; value++) histogram.record(value);
   * histogram.percentilesAt([50, 99, 99.9]).get(99); // 990
   */
  percentilesAt(percentiles: readonly number[]): Map<number, number> {
    const values = new Map<number, number>();
    for (const percentile of percentiles) values.set(percentile, this.percentile(percentile));
    return values;
  }

  /** The share of values at most as large as `value`, or in its bucket; 0 where nothing was recorded. */
  cdf(value: number): number {
    const cumulated = this.#present();
    return cumulated.total === 0 ? 0 : this.countUpTo(value) / cumulated.total;
  }

  /** How many values are at most as large as `value`, or in its bucket. */
  countUpTo(value: number): number {
    if (!(value >= 0)) return 0;
    return this.#present().upTo(this.#layout.index(Math.min(value, VALUE_MAX)));
  }

  /** How many values fall into the bucket of `value`. */
  countAt(value: number): number {
    return value >= 0 && value <= VALUE_MAX ? (this.#counts[this.#layout.index(value)] ?? 0) : 0;
  }

  /**
   * Adds all values of another histogram. Where that has other figures or another lowest value, each of its buckets counts at
   * its lowest value.
   *
   * @throws RangeError where it holds a value above `highest`; nothing is added then.
   */
  add(other: Histogram): void {
    expectHistogram('add', other);
    const top = other.count === 0 ? 0 : other.#layout.lowest(other.#cumulated.indexOf(other.count));
    if (top > this.#limit) this.#admit(top);
    if (this.#layout.equals(other.#layout)) {
      engine().histogramAdd(this.#counts, other === this ? other.#counts.slice() : other.#counts);
    } else {
      for (const { lowest, count } of other.recordedBuckets()) this.recordWithCount(lowest, count);
    }
    this.#changed();
  }

  /**
   * Takes the values of another histogram of the same layout away; no bucket counts less than 0 then.
   *
   * @throws RangeError where the layouts differ.
   */
  subtract(other: Histogram): void {
    expectHistogram('subtract', other);
    if (!this.#layout.equals(other.#layout))
      throw new RangeError(
        'Cannot subtract a histogram with other figures or another lowest value: add both to new ones',
      );
    engine().histogramSubtract(this.#counts, other === this ? other.#counts.slice() : other.#counts);
    this.#changed();
  }

  /** Forgets all values. */
  reset(): void {
    this.#counts.fill(0);
    this.#changed();
  }

  /** A histogram with the same values, which goes its own way. */
  copy(): Histogram {
    const copy = new Histogram({ layout: this.#layout, highest: this.#highest, counts: this.#counts.slice() });
    copy.tag = this.tag;
    copy.startTimeStampMsec = this.startTimeStampMsec;
    copy.endTimeStampMsec = this.endTimeStampMsec;
    return copy;
  }

  /**
   * A copy in which each value was recorded by `recordCorrected`; for values that were recorded without. The highest value of a
   * bucket stands for all of it, as in every HDR histogram.
   *
   * @param expectedInterval In the unit of values; 0 corrects nothing.
   * @throws RangeError for an interval that is no such.
   */
  copyCorrected(expectedInterval: number): Histogram {
    expectInterval(expectedInterval);
    const corrected = this.copy();
    engine().histogramCorrect(corrected.#counts, this.figures, this.lowest, this.#highest, expectedInterval);
    corrected.#changed();
    return corrected;
  }

  /** Each bucket that holds something, smallest first. */
  *recordedBuckets(): Generator<{ lowest: number; highest: number; count: number }, void> {
    const cumulated = this.#present();
    if (cumulated.total === 0) return;
    const last = cumulated.indexOf(cumulated.total);
    for (let index = cumulated.indexOf(1); index <= last; index++) {
      const count = this.#counts[index] as number;
      if (count > 0) yield { lowest: this.#layout.lowest(index), highest: this.#layout.highest(index), count };
    }
  }

  /**
   * The Mann-Whitney test against another histogram of the same layout: do values here tend to be larger?
   *
   * @returns NaN throughout where one of them is empty.
   * @throws RangeError where the layouts differ.
   */
  mannWhitneyTest(other: Histogram): MannWhitneyTest {
    this.#expectLayout(other);
    engine().histogramMannWhitney(this.#counts, other.#counts, RESULT);
    const [uStatistic, zScore, pValue] = RESULT as unknown as [number, number, number];
    return { uStatistic, zScore, pValue };
  }

  /**
   * The statistic of Kolmogorov and Smirnov: the widest gap between both distributions, 0 for the same, 1 for two that do not
   * overlap.
   *
   * @returns NaN where one of them is empty.
   * @throws RangeError where the layouts differ.
   */
  ksTest(other: Histogram): number {
    this.#expectLayout(other);
    return engine().histogramKolmogorovSmirnov(this.#counts, other.#counts);
  }

  /** What is known of the values at a glance. */
  toJSON(): Record<string, number> {
    const { count, min, max, mean, stddev } = this;
    const [p50, p75, p90, p99, p99_9] = [50, 75, 90, 99, 99.9].map((each) => this.percentile(each)) as number[];
    return { count, min, max, mean, stddev, p50, p75, p90, p99, p99_9 } as Record<string, number>;
  }

  /** Opens the quick path, now that the cumulated counts are none any more. */
  #changed(): void {
    this.#isStale = true;
    this.#quickMax = this.#layout.equals(USUAL) ? Math.min(this.#limit, SMALL_MAX) : -1;
  }

  /** Records what is large, has a fraction or another layout, or comes first after a question, and refuses what cannot be recorded. */
  #recordAny(value: number | bigint): void {
    const index = this.#indexOf(value);
    this.#counts[index] = (this.#counts[index] as number) + 1;
    this.#changed();
  }

  /** The bucket of a value, with room for it. */
  #indexOf(value: number | bigint): number {
    const number = expectNumber(value);
    if (!(number >= 0 && number <= this.#limit)) this.#admit(number);
    return this.#layout.index(number);
  }

  #expectLayout(other: Histogram): void {
    expectHistogram('test against', other);
    if (!this.#layout.equals(other.#layout))
      throw new RangeError('Cannot test histograms with other figures or another lowest value: record both alike');
  }

  #moments(): [mean: number, stddev: number] {
    if (this.count === 0) return [NaN, NaN];
    engine().histogramMoments(this.#counts, this.figures, this.lowest, RESULT);
    return [RESULT[0] as number, RESULT[1] as number];
  }

  /** The cumulated counts as they are now. */
  #present(): Cumulated {
    if (this.#isStale) {
      this.#cumulated.update(this.#counts);
      this.#isStale = false;
      this.#quickMax = -1;
    }
    return this.#cumulated;
  }

  /** Makes room for a value above `#limit`, or says why it cannot be recorded. */
  #admit(value: number): void {
    if (!(value >= 0 && value <= this.#highest))
      throw new RangeError(
        `Cannot record the value ${value}: it must be between 0 and ${this.#highest}; make a histogram with a higher "highest" or record a larger unit`,
      );
    this.#grow();
  }

  /** Decoded counts end with the last that is not 0; recording may need the rest. */
  #grow(): void {
    const buckets = this.#layout.index(this.#highest) + 1;
    if (this.#counts.length >= buckets) return;
    const counts = new Float64Array(buckets);
    counts.set(this.#counts);
    this.#counts = counts;
    this.#limit = this.#highest;
    this.#changed();
  }
}

function expectHistogram(action: string, other: Histogram): void {
  if (!(other instanceof Histogram))
    throw new TypeError(`Cannot ${action} what is no Histogram: pass one that createHistogram or a decoder made`);
}

/** Where the engine puts several numbers; read at once, so that one is enough. */
const RESULT = new Float64Array(3);
