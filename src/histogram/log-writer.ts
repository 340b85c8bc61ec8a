// Writes interval histograms as a log that every HdrHistogram reads.
import { encodeIntoCompressedBase64 } from './compressed.js';
import type { Histogram } from './histogram.js';

const FORMAT_VERSION = '1.3';

/** How an interval is written. */
export interface IntervalOptions {
  /** When it began, seconds; the histogram's own time less `baseTime` where it is absent. */
  startSec?: number;
  /** When it ended, seconds; as above. */
  endSec?: number;
  /** What the maximum is divided by in the line: 1e6, which shows nanoseconds as milliseconds, where it is absent. */
  maxValueUnitRatio?: number;
}

/**
 * A log of histograms. Source: `HistogramLogWriter.java` of HdrHistogram.
 *
 * @example
 * import { createHistogram, HistogramLogWriter } from 'forgebench/histogram';
 *
 * const histogram = createHistogram();
 * let log = '';
 * const writer = new HistogramLogWriter((text) => { log += text; });
 * writer.outputLogFormatVersion();
 * writer.outputLegend();
 * writer.outputIntervalHistogram(histogram, { startSec: 0, endSec: 1 });
 * log.split('\n').length; // 4
 */
export class HistogramLogWriter {
  /** Taken away from the times of histograms, milliseconds since 1970. */
  baseTime = 0;
  readonly #write: (text: string) => void;

  /** @param write Takes the log, line by line. */
  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /**
   * A line for an interval, with the histogram's tag.
   *
   * @throws RangeError for a tag that would break the line; nothing is written then.
   */
  outputIntervalHistogram(histogram: Histogram, options: IntervalOptions = {}): void {
    const {
      startSec = (histogram.startTimeStampMsec - this.baseTime) / 1000,
      endSec = (histogram.endTimeStampMsec - this.baseTime) / 1000,
      maxValueUnitRatio = 1e6,
    } = options;
    const { tag } = histogram;
    if (tag !== undefined && /[,\s]/.test(tag))
      throw new RangeError(`Cannot log the tag "${tag}": it must have no comma, blank or line break`);
    const numbers = [startSec, endSec - startSec, histogram.max / maxValueUnitRatio].map((each) => each.toFixed(3));
    const prefix = tag === undefined ? '' : `Tag=${tag},`;
    this.#write(`${prefix}${numbers.join(',')},${encodeIntoCompressedBase64(histogram)}\n`);
  }

  /** A line that readers skip. */
  outputComment(comment: string): void {
    this.#write(`#${comment.replaceAll(/[\r\n]+/g, ' ')}\n`);
  }

  /** When the log began, milliseconds since 1970. */
  outputStartTime(startTimeMsec: number): void {
    const date = new Date(startTimeMsec).toISOString();
    this.outputComment(`[StartTime: ${(startTimeMsec / 1000).toFixed(3)} (seconds since epoch), ${date}]`);
  }

  /** What times of lines count from, milliseconds since 1970; sets `baseTime` too. */
  outputBaseTime(baseTimeMsec: number): void {
    this.baseTime = baseTimeMsec;
    this.outputComment(`[BaseTime: ${(baseTimeMsec / 1000).toFixed(3)} (seconds since epoch)]`);
  }

  /** The names of the columns. */
  outputLegend(): void {
    this.#write('"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"\n');
  }

  /** The version of the format. */
  outputLogFormatVersion(): void {
    this.outputComment(`[Histogram log format version ${FORMAT_VERSION}]`);
  }
}
