// Logs of others are read line by line; what is written is read back; a broken line is named.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createHistogram,
  encodeIntoCompressedBase64,
  HistogramLogReader,
  HistogramLogWriter,
  listTags,
} from '../../src/histogram/index.js';

const { FORGEBENCH_DATA } = process.env;

function readLog(name: string): string {
  return readFileSync(join(FORGEBENCH_DATA ?? '', 'hdr', name), 'utf8');
}

describe('a log', () => {
  // Intervals and values are those that hdr-histogram-js 3.0.1 finds, which does not read the oldest format.
  it.skipIf(FORGEBENCH_DATA === undefined).each([
    ['hiccup.140623.1028.10646.hlog', 11, 51_715, [undefined]],
    ['jHiccup-2.0.7S.logV2.hlog', 62, 48_761, [undefined]],
    ['jHiccup-2.0.7S.logV3.hlog', 62, 48_761, [undefined, 'a1.134a', 'a3.134a', 'a5.132a', 'a7.133a']],
    ['tagged-Log.logV2.hlog', 42, 32_290, [undefined, 'A']],
  ])('of Java is read: %s (FORGEBENCH_DATA)', (name, intervals, count, tags) => {
    const log = readLog(name);
    const histograms = [...new HistogramLogReader(log)];
    expect(histograms).toHaveLength(intervals);
    expect(histograms.reduce((sum, histogram) => sum + histogram.count, 0)).toBe(count);
    expect(listTags(log)).toEqual(tags);
  });

  it.skipIf(FORGEBENCH_DATA === undefined)(
    'shows in each line the maximum that its histogram has (FORGEBENCH_DATA)',
    () => {
      const log = readLog('jHiccup-2.0.7S.logV2.hlog');
      const stated = [...log.matchAll(/^\d[^,]*,[^,]*,([^,]*),HIST/gm)].map((match) => match[1]);
      expect([...new HistogramLogReader(log)].map(({ max }) => (max / 1e6).toFixed(3))).toEqual(stated);
    },
  );

  it('that was written is read back', () => {
    let log = '';
    const writer = new HistogramLogWriter((text) => {
      log += text;
    });
    writer.outputComment('two\nlines');
    writer.outputLogFormatVersion();
    writer.outputStartTime(1_441_812_279_474);
    writer.outputBaseTime(1_441_812_279_474);
    writer.outputLegend();
    const histogram = createHistogram();
    histogram.record(2_769_000);
    histogram.tag = 'A';
    [histogram.startTimeStampMsec, histogram.endTimeStampMsec] = [1_441_812_279_601, 1_441_812_280_608];
    writer.outputIntervalHistogram(histogram);
    expect(log.split('\n')).toEqual([
      '#two lines',
      '#[Histogram log format version 1.3]',
      '#[StartTime: 1441812279.474 (seconds since epoch), 2015-09-09T15:24:39.474Z]',
      '#[BaseTime: 1441812279.474 (seconds since epoch)]',
      '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
      `Tag=A,0.127,1.007,2.771,${encodeIntoCompressedBase64(histogram)}`,
      '',
    ]);
    const [read] = [...new HistogramLogReader(log)];
    expect(read).toMatchObject({
      tag: 'A',
      startTimeStampMsec: 1_441_812_279_601,
      endTimeStampMsec: 1_441_812_280_608,
    });
    expect(read?.max).toBe(histogram.max);
    histogram.tag = 'a,b';
    expect(() => writer.outputIntervalHistogram(histogram)).toThrow('Cannot log the tag "a,b"');
  });

  it('is read from one time to another', () => {
    const text = encodeIntoCompressedBase64(createHistogram());
    const reader = new HistogramLogReader([0, 1, 2, 3].map((start) => `${start},1,0,${text}`).join('\r\n'));
    expect(reader.nextIntervalHistogram(1, 2)?.startTimeStampMsec).toBe(1000);
    expect(reader.nextIntervalHistogram(1, 2)?.startTimeStampMsec).toBe(2000);
    expect(reader.nextIntervalHistogram(1, 2)).toBeNull();
  });

  it('with a line that is none says which', () => {
    expect(() => [...new HistogramLogReader('#x\n0,1,HISTFAAA')]).toThrow(
      /^Cannot read line 2 of the log: start, length, /,
    );
    expect(() => [...new HistogramLogReader('0,1,2,HISTFAAA')]).toThrow(/^Cannot read line 1 of the log: .*truncated/);
  });
});
