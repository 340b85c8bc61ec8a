// What stands in a list more than once stands there once afterwards.
import { expect, it } from 'vitest';
import { distinct } from '../../src/units/index.js';

it('keeps each value once, where it stood first', () => {
  expect(distinct(['b', 'a', 'b', 'c', 'a'])).toEqual(['b', 'a', 'c']);
  expect(distinct([{ a: 1 }, { a: 2 }, { a: 1 }])).toEqual([{ a: 1 }, { a: 2 }]);
  expect(distinct([1, '1', null])).toEqual([1, '1', null]);
});
