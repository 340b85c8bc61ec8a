// p-values of many tests.
import { engine } from '../native/index.js';
import { numbers } from './arguments.js';

/**
 * p-values of many tests, adjusted so that calling those below 0.05 differences makes 5 % of these calls wrong at most
 * (Benjamini and Hochberg 1995).
 *
 * @param pValues each in [0, 1]
 * @returns in the same order
 * @throws Error where a value is not in [0, 1], with its place
 * @example
 * import { falseDiscoveryRates } from 'forgebench/statistics';
 *
 * falseDiscoveryRates([0.01, 0.5, 0.02]); // Float64Array [0.03, 0.5, 0.03]
 */
export function falseDiscoveryRates(pValues: ArrayLike<number>): Float64Array {
  return engine().falseDiscoveryRates(numbers('adjust p-values of', pValues));
}
