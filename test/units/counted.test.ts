// Numbers of things in sentences.
import { expect, it } from 'vitest';
import { counted } from '../../src/units/index.js';

it('says one of a thing and several of it', () => {
  expect([0, 1, 2].map((number) => counted(number, 'run'))).toEqual(['0 runs', '1 run', '2 runs']);
  expect(counted(2, 'launch', 'launches')).toBe('2 launches');
});
