// @ts-check
// Histograms of this project as a contestant.
import {
  createHistogram,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
} from '../../../dist/histogram/index.js';
import { histogramJobs, summary } from './histogram-jobs.mjs';

/** @type {Record<string, (input: any) => () => unknown>} */
export const HISTOGRAMS = {
  ...histogramJobs(
    (highest) => createHistogram({ highest }),
    (histogram, values) => histogram.recordMany(values),
  ),
  'record-batch': ({ first, highest }) => {
    const [values, histogram] = [Float64Array.from(first), createHistogram({ highest })];
    return () => {
      histogram.recordMany(values);
      return summary(histogram);
    };
  },
  encode: (given) => {
    const histogram = recorded(given);
    return () => encodeIntoCompressedBase64(histogram);
  },
  decode: (given) => {
    const text = encodeIntoCompressedBase64(recorded(given));
    return () => summary(decodeFromCompressedBase64(text));
  },
};

/** @param {{ first: number[], highest: number }} given */
function recorded({ first, highest }) {
  const histogram = createHistogram({ highest });
  histogram.recordMany(first);
  return histogram;
}
