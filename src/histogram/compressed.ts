// Histograms as text that every implementation of HdrHistogram reads: V2, compressed, in base64.
import { engine } from '../native/index.js';
import { Histogram } from './histogram.js';
import { Layout, VALUE_MAX } from './layout.js';

/**
 * A histogram as text.
 *
 * @example
 * import { createHistogram, encodeIntoCompressedBase64 } from 'forgebench/histogram';
 *
 * const histogram = createHistogram();
 * histogram.record(5);
 * encodeIntoCompressedBase64(histogram).slice(0, 8); // 'HISTFAAA'
 */
export function encodeIntoCompressedBase64(histogram: Histogram): string {
  const { counts, figures, lowest, highest } = histogram;
  return engine().histogramEncode(counts, figures, lowest, highest);
}

/**
 * The histogram of a text that this or another implementation wrote, in the formats V0, V1 and V2. Values above 2^53 may not be
 * recorded into it, whatever its writer allowed.
 *
 * @throws Error that says what is wrong with the text.
 * @example
 * import { createHistogram, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'forgebench/histogram';
 *
 * const histogram = createHistogram();
 * histogram.record(5);
 * decodeFromCompressedBase64(encodeIntoCompressedBase64(histogram)).percentile(50); // 5
 */
export function decodeFromCompressedBase64(text: string): Histogram {
  const { digits, unit, highest, counts } = engine().histogramDecode(text);
  const layout = new Layout(digits, unit);
  // Its writer may have counted beyond what the header states.
  const seen = counts.length === 0 ? 0 : layout.highest(counts.length - 1);
  return new Histogram({ layout, highest: Math.min(Math.max(highest, seen), VALUE_MAX), counts });
}
