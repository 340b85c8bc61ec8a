// What a run says that has left launches out.
import { expect, it } from 'vitest';
import { leftOutText } from '../../src/cli/measure-plan.js';

it('says that launches were left out to end within the budget', () => {
  expect(leftOutText(1, false)).toBe(
    'Left out launches of 1 case that take long, to end within the budget; intervals are wider for it\n',
  );
});

it('does not say so of a run that took longer all the same', () => {
  expect(leftOutText(6, true)).toBe(
    'Left out launches of 6 cases that take long, but the budget was too short for the least that a run measures, two launches of each case; intervals are wider for it\n',
  );
});
