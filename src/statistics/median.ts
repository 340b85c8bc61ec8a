// The value in the middle.
import { engine } from '../native/index.js';

const MEDIAN = Float64Array.of(0.5);

/** The median of finite values, at least one; between both middle ones where their number is even. */
export function median(values: readonly number[]): number {
  return engine().quantiles(Float64Array.from(values), MEDIAN)[0] as number;
}
