// Reads the interval histograms of a log that an HdrHistogram or jHiccup wrote.
import { decodeFromCompressedBase64 } from './compressed.js';
import type { Histogram } from './histogram.js';

const TAG = 'Tag=';
/** Time stamps further before the start of a log than this count from its start. */
const YEAR_S = 365 * 24 * 3600;

/**
 * A log of histograms: lines of `[Tag=…,]start,length,max,histogram` with times in seconds, between lines that begin with `#`
 * or a quotation mark. Source: `HistogramLogReader.java` of HdrHistogram.
 *
 * @example
 * import { HistogramLogReader } from 'forgebench/histogram';
 *
 * const log = '0.5,1.0,2.8,HISTFAAAACF4XpNpmSzMwMDAxAABzFCakUH+PxjYf4AIcDIBAJIlCKA=';
 * const [histogram] = new HistogramLogReader(log);
 * histogram.startTimeStampMsec; // 500
 * histogram.percentile(99); // 5
 */
export class HistogramLogReader {
  /** What the log says of its start, seconds since 1970; 0 where it says nothing. */
  startTimeSec = 0;
  readonly #lines: readonly string[];
  #next = 0;
  /** What times of lines count from, seconds since 1970. */
  #baseTimeSec: number | undefined;

  /** @param log The text of the whole log. */
  constructor(log: string) {
    this.#lines = log.split(/\r\n|\r|\n/);
  }

  /**
   * The histogram of the next interval that begins in a range, with `tag`, `startTimeStampMsec` and `endTimeStampMsec`.
   *
   * @param fromSec Start of the range, as the log counts, seconds.
   * @param toSec End of the range; a line that begins later ends reading.
   * @returns null where there is none.
   * @throws SyntaxError that names a line which cannot be read.
   */
  nextIntervalHistogram(fromSec = 0, toSec = Infinity): Histogram | null {
    while (this.#next < this.#lines.length) {
      const line = this.#lines[this.#next++] as string;
      if (line.startsWith('#')) this.#readComment(line);
      else if (line.trim() !== '' && !line.startsWith('"')) {
        const interval = parseLine(line, this.#next);
        if (interval.startSec > toSec) return null;
        if (interval.startSec >= fromSec) return this.#decode(interval);
      }
    }
    return null;
  }

  /** All intervals that are left. */
  *[Symbol.iterator](): Generator<Histogram, void> {
    for (let histogram = this.nextIntervalHistogram(); histogram !== null; histogram = this.nextIntervalHistogram())
      yield histogram;
  }

  #readComment(line: string): void {
    const start = /^#\[StartTime: ([\d.]+)/.exec(line);
    if (start !== null) this.startTimeSec = Number(start[1]);
    const base = /^#\[BaseTime: ([\d.]+)/.exec(line);
    if (base !== null) this.#baseTimeSec = Number(base[1]);
  }

  #decode({ tag, startSec, lengthSec, text, line }: Interval): Histogram {
    this.#baseTimeSec ??= startSec < this.startTimeSec - YEAR_S ? this.startTimeSec : 0;
    let histogram: Histogram;
    try {
      histogram = decodeFromCompressedBase64(text);
    } catch (error) {
      throw new SyntaxError(`Cannot read line ${line} of the log: ${(error as Error).message}`, { cause: error });
    }
    histogram.tag = tag;
    histogram.startTimeStampMsec = (this.#baseTimeSec + startSec) * 1000;
    histogram.endTimeStampMsec = (this.#baseTimeSec + startSec + lengthSec) * 1000;
    return histogram;
  }
}

/**
 * The tags of a log, each once; undefined stands for lines without one.
 *
 * @example
 * import { listTags } from 'forgebench/histogram';
 *
 * listTags('Tag=A,0.1,1.0,2.8,HISTFAAA…'); // ['A']
 */
export function listTags(log: string): (string | undefined)[] {
  const lines = log.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '' && !/^[#"]/.test(line));
  return [...new Set(lines.map((line) => takeTag(line).tag))];
}

interface Interval {
  tag: string | undefined;
  startSec: number;
  lengthSec: number;
  text: string;
  /** Counted from 1. */
  line: number;
}

function parseLine(line: string, number: number): Interval {
  const { tag, rest } = takeTag(line);
  const [start = '', length = '', max = '', text = ''] = rest.split(',');
  const [startSec = NaN, lengthSec = NaN, highest = NaN] = [start, length, max].map((field) =>
    Number.parseFloat(field),
  );
  if (!Number.isFinite(startSec + lengthSec + highest) || text === '')
    throw new SyntaxError(
      `Cannot read line ${number} of the log: start, length, maximum and histogram are expected, with commas between; "${line.slice(0, 60)}" has not`,
    );
  return { tag, startSec, lengthSec, text, line: number };
}

function takeTag(line: string): { tag: string | undefined; rest: string } {
  if (!line.startsWith(TAG)) return { tag: undefined, rest: line };
  const comma = line.indexOf(',');
  const end = comma === -1 ? line.length : comma;
  return { tag: line.slice(TAG.length, end), rest: line.slice(end + 1) };
}
