// Bytes of values that cross.
import { expect, it } from 'vitest';
import { countBytes } from '../../../src/profile/border/count-bytes.js';

it.each([
  ['strings as UTF-8', ['abc', 'straße', '日本'], { copied: 3 + 7 + 6, shared: 0 }],
  ['plain values', [1, 2n, true, null, undefined], { copied: 17, shared: 0 }],
  ['buffers as shared', [Buffer.alloc(10), new Float64Array(4), new ArrayBuffer(5)], { copied: 0, shared: 47 }],
  ['what stands in arrays and objects, names too', [[1, 'ab'], { id: 7 }], { copied: 8 + 2 + 2 + 8, shared: 0 }],
  ['nothing of functions and instances', [() => 1, new Date(), new Map([[1, 2]])], { copied: 0, shared: 0 }],
])('counts %s', (_what, values, expected) => {
  expect(countBytes(values)).toEqual(expected);
});

it('ends in a value that holds itself', () => {
  const loop: { self?: unknown; n: number } = { n: 1 };
  loop.self = loop;
  expect(countBytes([loop]).copied).toBeGreaterThan(8);
});
