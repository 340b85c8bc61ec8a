// Which value falls into which bucket: the arithmetic of HdrHistogram, the same as in native/histogram/src/layout.rs.

/** The largest value that a histogram holds: 2^53, up to which every integer is a number of its own. */
export const VALUE_MAX = 2 ** 53;

/** A float and its bits: the upper word has sign, exponent and the first 20 bits of the mantissa. */
const FLOAT = new Float64Array(1);
const WORDS = new Uint32Array(FLOAT.buffer);
const MANTISSA_BITS_ABOVE = 20;
const EXPONENT_BIAS = 1023;
/** Powers of two, which are quicker to look up than to work out. */
const POWERS = Float64Array.from({ length: 64 }, (_, exponent) => 2 ** exponent);

/**
 * Values below `2 * half` units have a bucket each. Above, every doubling of the value is split into `half` buckets of equal
 * width.
 */
export class Layout {
  /** Significant decimal digits, in [0, 5]. */
  readonly digits: number;
  /** The lowest value that is told from 0. */
  readonly unit: number;
  /** Buckets in one doubling: a power of two. */
  readonly half: number;
  /** The lowest value for which the leading bits of a float are its bucket. */
  readonly #bitsMin: number;
  /** How far the upper word of a float is shifted to count buckets, */
  readonly #shift: number;
  /** and how many are taken away then. */
  readonly #offset: number;
  /** The width of the narrowest bucket: `unit` rounded down to a power of two. */
  readonly width: number;

  /**
   * @param digits In [0, 5].
   * @param unit At least 1.
   * @throws RangeError where there is no such layout.
   */
  constructor(digits: number, unit: number) {
    if (!Number.isInteger(digits) || digits < 0 || digits > 5)
      throw new RangeError(`Cannot make a histogram with ${digits} figures: 0 to 5 are possible; use 3`);
    const halfMagnitude = Math.ceil(Math.log2(2 * 10 ** digits)) - 1;
    if (!Number.isSafeInteger(unit) || unit < 1 || Math.floor(Math.log2(unit)) + halfMagnitude >= 53)
      throw new RangeError(
        `Cannot make a histogram with a lowest value of ${unit}: it must be an integer far below 2^53`,
      );
    const unitMagnitude = Math.floor(Math.log2(unit));
    this.digits = digits;
    this.unit = unit;
    this.half = 2 ** halfMagnitude;
    this.width = 2 ** unitMagnitude;
    this.#bitsMin = this.half * this.width;
    this.#shift = MANTISSA_BITS_ABOVE - halfMagnitude;
    this.#offset = (EXPONENT_BIAS + halfMagnitude + unitMagnitude - 1) << halfMagnitude;
  }

  /** The bucket of a value in [0, 2^53]. */
  index(value: number): number {
    if (value < this.#bitsMin) return (value / this.width) | 0;
    FLOAT[0] = value;
    return ((WORDS[1] as number) >>> this.#shift) - this.#offset;
  }

  /** The smallest value of a bucket. */
  lowest(index: number): number {
    const doublings = Math.max(Math.floor(index / this.half) - 1, 0);
    return (index - doublings * this.half) * this.width * (POWERS[doublings] as number);
  }

  /** The largest value of a bucket. */
  highest(index: number): number {
    return this.lowest(index + 1) - 1;
  }

  /** Whether a value falls into the same bucket in both. */
  equals(other: Layout): boolean {
    return this.half === other.half && this.width === other.width;
  }
}
