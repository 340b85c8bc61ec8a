// Names in patterns.
import { expect, it } from 'vitest';
import { escapeForRegExp } from '../../src/units/index.js';

it('a name matches itself alone in a pattern, whatever characters it has', () => {
  const name = 'a.b*[c](d)|{e}^$\\?+';
  expect(new RegExp(`^${escapeForRegExp(name)}$`).test(name)).toBe(true);
  expect(new RegExp(`^${escapeForRegExp('a.b')}$`).test('axb')).toBe(false);
});
