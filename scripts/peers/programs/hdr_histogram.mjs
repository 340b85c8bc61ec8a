// @ts-check
// hdr-histogram-js, in JavaScript and in WebAssembly.
import { load } from './package.mjs';
import { serve } from './serve.mjs';

const hdr = load('hdr-histogram-js');

serve({
  record: (given) => recording(given, false),
  'record-wasm': (given) => {
    hdr.initWebAssemblySync();
    return recording(given, true);
  },
  memory: (given) => () => {
    const histogram = recorded(given);
    return { histogram, ...summary(histogram) };
  },
  encode: (given) => {
    const histogram = recorded(given);
    return () => hdr.encodeIntoCompressedBase64(histogram);
  },
  decode: (given) => {
    const text = hdr.encodeIntoCompressedBase64(recorded(given));
    return () => summary(hdr.decodeFromCompressedBase64(text));
  },
});

/** @param {{ first: number[], highest: number }} given @param {boolean} useWebAssembly */
function recording({ first, highest }, useWebAssembly) {
  const histogram = create(highest, useWebAssembly);
  return () => {
    for (let at = 0; at < first.length; at++) histogram.recordValue(first[at]);
    return summary(histogram);
  };
}

/** @param {number} highest @param {boolean} useWebAssembly */
function create(highest, useWebAssembly) {
  return hdr.build({ highestTrackableValue: highest, numberOfSignificantValueDigits: 3, useWebAssembly });
}

/** @param {{ first: number[], highest: number }} given */
function recorded({ first, highest }) {
  const histogram = create(highest, false);
  for (const value of first) histogram.recordValue(value);
  return histogram;
}

/** What is compared once and never timed: written as JSON only where somebody asks. @param {any} histogram */
function summary(histogram) {
  const at = [50, 90, 99];
  return { toJSON: () => [histogram.totalCount, ...at.map((each) => histogram.getValueAtPercentile(each))] };
}
