// What others wrote must be read, what is written must be read by others, and what is spoilt is an error.
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createHistogram,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from '../../src/histogram/index.js';

function recorded(values: readonly number[], made = {}): Histogram {
  const histogram = createHistogram(made);
  histogram.recordMany(values);
  return histogram;
}

describe('a histogram as text', () => {
  it('is the same histogram, whose recording goes on', () => {
    const values = fc.array(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), { maxLength: 50 });
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 4 }), (each, figures) => {
        const histogram = recorded(each, { figures });
        const decoded = decodeFromCompressedBase64(encodeIntoCompressedBase64(histogram));
        expect([decoded.count, decoded.figures, decoded.highest]).toEqual([each.length, figures, histogram.highest]);
        expect([...decoded.recordedBuckets()]).toEqual([...histogram.recordedBuckets()]);
        for (const one of [decoded, histogram]) one.record(Number.MAX_SAFE_INTEGER);
        expect(Buffer.from(decoded.counts.buffer).equals(Buffer.from(histogram.counts.buffer))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('has the frame and the header of V2', () => {
    const bytes = Buffer.from(encodeIntoCompressedBase64(recorded([5], { highest: 1000 })), 'base64');
    expect(bytes.readUInt32BE(0)).toBe(0x1c849314);
    expect(bytes.readUInt32BE(4)).toBe(bytes.length - 8);
    expect(inflateSync(bytes.subarray(8)).toString('hex')).toBe(
      '1c8493130000000200000000000000030000000000000001' + '00000000000003e83ff00000000000000902',
    );
  });

  it('is read where hdr-histogram-js 3.0.1 wrote it, whose header has integers for floats', () => {
    // build().recordValue(5)
    const payload = Buffer.from(
      '1c8493130000000200000001000000030000000000000001000000000000000200000000000000010902',
      'hex',
    );
    const stored = Buffer.concat([Buffer.from([0x78, 0x01, 0x01, 42, 0, 213, 255]), payload, adler(payload)]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(0x1c849314);
    frame.writeUInt32BE(stored.length, 4);
    const histogram = decodeFromCompressedBase64(Buffer.concat([frame, stored]).toString('base64'));
    expect([...histogram.recordedBuckets()]).toEqual([{ lowest: 5, highest: 5, count: 1 }]);
  });

  it('is an error where it is spoilt, and never takes the process along', () => {
    const text = encodeIntoCompressedBase64(recorded([1, 20, 300, 4000, 50_000]));
    for (const [wrong, reason] of [
      ['', /truncated/],
      ['%%%', /not base64/],
      [text.slice(0, 20), /truncated/],
      [`AAAA${text.slice(4)}`, /cookie/],
      [`${text.slice(0, 20)}AAAA${text.slice(24)}`, /damaged/],
    ] as const)
      expect(() => decodeFromCompressedBase64(wrong)).toThrow(reason);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.base64String({ minLength: 4, maxLength: 4 }), (at, other) => {
        const spoilt = text.slice(0, at) + other + text.slice(at + 4);
        let count: number;
        try {
          ({ count } = decodeFromCompressedBase64(spoilt));
        } catch (error) {
          expect((error as Error).message).toMatch(/^Cannot decode a histogram/);
          return;
        }
        expect(count).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

/** The checksum of zlib. */
function adler(bytes: Uint8Array): Buffer {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(b * 65536 + a);
  return sum;
}
