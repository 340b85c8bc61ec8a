// Flags that say what counts as a difference.
import { describe, expect, it } from 'vitest';
import { readComparisonOptions } from '../../src/cli/comparison-options.js';

describe('readComparisonOptions', () => {
  it('takes shares and percents, and 1 % and 5 % where nothing is said', () => {
    expect(readComparisonOptions({})).toEqual({ minEffect: 0.01, tolerance: 0.05 });
    expect(readComparisonOptions({ minEffect: '2%', tolerance: '0.1' })).toEqual({ minEffect: 0.02, tolerance: 0.1 });
    expect(readComparisonOptions({ tolerance: '0.5 %' })).toEqual({ minEffect: 0.01, tolerance: 0.005 });
  });

  it('refuses what is no share', () => {
    expect(() => readComparisonOptions({ tolerance: '5' })).toThrow(
      'it has to be a share from 0 to 1, such as 2% or 0.02',
    );
  });

  it('refuses a smallest change above the tolerance, between which nothing would ever be clear', () => {
    expect(() => readComparisonOptions({ minEffect: '30%' })).toThrow(
      'Cannot use --min-effect 30%: no change above the tolerance of 5 % is overlooked; raise --tolerance to it as well',
    );
    expect(readComparisonOptions({ minEffect: '30%', tolerance: '30%' })).toEqual({ minEffect: 0.3, tolerance: 0.3 });
  });
});
