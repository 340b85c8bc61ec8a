// Figures of targets as every renderer writes them.
import { expect, it } from 'vitest';
import { formatOfTarget } from '../../src/report/figures.js';
import type { TargetResult } from '../../src/statistics/index.js';

it.each([
  ['figure', '%', 97.1, '97.10 %'],
  ['figure', 'ids', 3412, '3412 ids'],
  ['figure', 'ns', 1500, '1.50 µs'],
  ['busy', '', 0.83, '83 %'],
  ['leak', 'B', 2048, '2 KiB'],
] as const)('the figure of a target on %s in "%s" has its unit', (metric, unit, value, text) => {
  const target = { text: '', metric, relation: '<', limit: 1, unit, where: {} } as const;
  const result = { target, applies: true, status: 'met' } as TargetResult;
  expect(formatOfTarget(result)(value)).toBe(text);
});
