// Durations, quantities and names as people write them.
import { describe, expect, it } from 'vitest';
import { parseDuration, parseQuantity, slug, suggest } from '../../src/units/index.js';

describe('parseDuration', () => {
  it('reads each unit, with and without a space, into milliseconds', () => {
    expect(
      ['10m', '500ms', '1.5 s', '10us', '10 µs', '10 μs', '2h', '7d', '2w', '3 min', '1m 30s', '0s'].map(parseDuration),
    ).toEqual([600_000, 500, 1500, 0.01, 0.01, 0.01, 7_200_000, 604_800_000, 1_209_600_000, 180_000, 90_000, 0]);
  });

  it.each(['', '10', '-5s', '5 parsecs', 'soon', '1.2.3s', '5constructor'])(
    'refuses %j and says what is allowed',
    (text) => {
      expect(() => parseDuration(text)).toThrow(
        /^Cannot read duration ".*": .*; write a number and ns, µs, ms, s, m, h, d or w/,
      );
    },
  );
});

describe('parseQuantity', () => {
  it('knows times, rates, bytes and ratios', () => {
    expect(parseQuantity('1 ms')).toEqual({ value: 1e6, dimension: 'time' });
    expect(parseQuantity('10us')).toEqual({ value: 1e4, dimension: 'time' });
    expect(parseQuantity('10 μs')).toEqual({ value: 1e4, dimension: 'time' });
    expect(parseQuantity('100k/s')).toEqual({ value: 1e5, dimension: 'rate' });
    expect(parseQuantity('60 /min')).toEqual({ value: 1, dimension: 'rate' });
    expect(parseQuantity('500 B')).toEqual({ value: 500, dimension: 'bytes' });
    expect(parseQuantity('1.5 MiB')).toEqual({ value: 1.5 * 2 ** 20, dimension: 'bytes' });
    expect(parseQuantity('10 %')).toEqual({ value: 0.1, dimension: 'ratio' });
  });

  it.each(['', '10', 'fast', '5 parsecs', '3 M', '1/s/s', '2 x/s', '1 toString'])(
    'refuses %j and says what is allowed',
    (text) => {
      expect(() => parseQuantity(text)).toThrow(/^Cannot read quantity ".*": .*; write it like 1 ms/);
    },
  );
});

describe('slug', () => {
  it('keeps letters, digits, points and dashes and adds six digits of a hash', () => {
    expect(slug('model/node-create[attributes=3]')).toMatch(/^model_node-create_attributes_3__[0-9a-f]{6}$/);
    expect(slug('a/b.c[x=-1.5,y=ü]')).toMatch(/^[A-Za-z0-9._-]+$/);
  });

  it('keeps ids apart that differ only in replaced characters', () => {
    expect(slug('a/b[c=1]')).not.toBe(slug('a/b(c=1)'));
  });

  it('fits a file name however long the id is, and never climbs', () => {
    expect(slug(`a/${'x'.repeat(1000)}`).length).toBeLessThan(200);
    expect(slug('..')).toMatch(/^\.\._[0-9a-f]{6}$/);
  });
});

describe('suggest', () => {
  it('finds the nearest name', () => {
    expect(suggest('model/node-crate', ['state/apply', 'model/node-create'])).toBe('model/node-create');
    expect(suggest('MODEL/TREE-BUILD', ['model/tree-build'])).toBe('model/tree-build');
  });

  it('stays silent where nothing is near', () => {
    expect(suggest('zebra', ['model/node-create'])).toBeUndefined();
    expect(suggest('x', ['a', 'b'])).toBeUndefined();
    expect(suggest('anything', [])).toBeUndefined();
  });
});
