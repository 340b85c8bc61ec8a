// Whether a text is some time.
import { expect, it } from 'vitest';
import { isDuration } from '../../src/units/index.js';

it('a duration is longer than nothing, and has a unit', () => {
  expect(['7d', '1m 30s', '0s', '7', 'often', ''].map(isDuration)).toEqual([true, true, false, false, false, false]);
});
