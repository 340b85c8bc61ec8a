// Unclear cases are brought to the next number of launches, and no further than the last.
import { expect, it } from 'vitest';
import { compareLaunches, DEFAULT_COMPARE_OPTIONS, launchesToSettle } from '../../src/compare/index.js';
import { launchesOf } from './launches.js';

it('asks for launches of unclear cases alone, up to 10, 15 and 25', () => {
  const draw = launchesOf(3);
  const pairs = [5, 10, 15, 25].map((launches) => ({
    id: `hint of ${launches}`,
    base: draw(100, 0.002, launches),
    head: draw(101, 0.002, launches),
  }));
  const calm = { id: 'calm', base: draw(100, 0.001, 5), head: draw(100, 0.001, 5) };
  const comparison = compareLaunches([...pairs, calm], { ...DEFAULT_COMPARE_OPTIONS, settling: true });
  const unclear = comparison.cases.filter(({ verdict }) => verdict === 'unclear').map(({ id }) => id);
  expect([...launchesToSettle(comparison)]).toEqual(
    [
      ['hint of 5', 5],
      ['hint of 10', 5],
      ['hint of 15', 10],
    ].filter(([id]) => unclear.includes(id as string)),
  );
  expect(unclear).toContain('hint of 5');
  expect(unclear).not.toContain('calm');
});

it('asks for duets beyond 25, which still tell more', () => {
  const launches = { base: 25, head: 25 };
  const comparison = compareLaunches([{ id: 'a', base: [1, 1], head: [1, 1] }]);
  const noisy = { ...comparison, cases: comparison.cases.map((each) => ({ ...each, launches })) };
  expect(launchesToSettle(noisy, true)).toEqual(new Map([['a', 25]]));
  expect(launchesToSettle(noisy)).toEqual(new Map());
});

it('asks for none of a case that has no launches, because all have failed', () => {
  const comparison = compareLaunches([{ id: 'a', base: [1, 1, 1], head: [1] }]);
  expect(comparison.cases[0]?.verdict).toBe('unclear');
  expect(launchesToSettle(comparison)).toEqual(new Map([['a', 4]]));
  const none = comparison.cases.map((each) => ({ ...each, launches: { base: 3, head: 0 } }));
  expect(launchesToSettle({ ...comparison, cases: none })).toEqual(new Map());
});
