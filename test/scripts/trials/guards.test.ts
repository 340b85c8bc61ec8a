// Both sides of a trial are one addon, with another share in it.
import { expect, it } from 'vitest';
import { guardModule, withShare } from '../../../scripts/trials/guards.js';

/** What the compiler makes of the static that the guard reads. */
function staticOf(module: string): Buffer {
  const words = /static SHARE: \[u64; 2\] = \[(\d+), (\d+)\]/.exec(module)?.slice(1, 3).map(BigInt) ?? [];
  return Buffer.from(new Uint8Array(BigUint64Array.from(words).buffer));
}

const built = Buffer.concat([Buffer.from('before'), staticOf(guardModule('time')), Buffer.from('after')]);

it('sets the share of an addon and leaves every other byte', () => {
  const slowed = withShare(built, 0.05);
  expect(slowed.readDoubleLE('before'.length + 8)).toBe(0.05);
  expect(withShare(slowed, 0)).toEqual(built);
});

it('refuses an addon without a guard, and one with two', () => {
  expect(() => withShare(Buffer.from('neither'), 0.05)).toThrow('the mark is not there once');
  expect(() => withShare(Buffer.concat([built, built]), 0.05)).toThrow('the mark is not there once');
});
