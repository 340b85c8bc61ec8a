// A comparison as JSON.
import { INTERVAL_CONFIDENCE, type LaunchComparison } from '../compare/index.js';

/** Version of the JSON of a comparison. */
const VERSION = 1;

/**
 * The text of a comparison: `benchmarks` has a verdict for each case, `ratio` head over base with its interval.
 *
 * @example
 * JSON.parse(comparisonToJson(comparison)).benchmarks[0].verdict // 'slower'
 */
export function comparisonToJson(comparison: LaunchComparison): string {
  const { cases, ...rest } = comparison;
  const value = { version: VERSION, confidence: INTERVAL_CONFIDENCE, benchmarks: cases, ...rest };
  return `${JSON.stringify(value, null, 2)}\n`;
}
