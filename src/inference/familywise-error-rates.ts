// p-values of many tests of which none may be wrong.
import { engine } from '../native/index.js';
import { numbers } from './arguments.js';

/**
 * p-values of many tests, adjusted so that calling those at most 0.05 differences makes any of these calls wrong with a
 * probability of 5 % at most, however the tests depend on each other (Holm 1979).
 *
 * @param pValues each in [0, 1]
 * @returns in the same order
 * @throws Error where a value is not in [0, 1], with its place
 * @example
 * import { familywiseErrorRates } from 'forgebench/statistics';
 *
 * familywiseErrorRates([0.01, 0.5, 0.25]); // Float64Array [0.03, 0.5, 0.5]
 */
export function familywiseErrorRates(pValues: ArrayLike<number>): Float64Array {
  return engine().familywiseErrorRates(numbers('adjust p-values of', pValues));
}
