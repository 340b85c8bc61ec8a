// Which cases make a check fail.
import { instructionRegressions, type RunComparison, regressions } from './compare-runs.js';

/** Ids of the cases that fail the gate, by time or by instructions. */
export function failingCases(comparison: RunComparison, tolerance: number): string[] {
  return [
    ...new Set([
      ...regressions(comparison, tolerance).map(({ id }) => id),
      ...instructionRegressions(comparison, tolerance).map(({ caseId }) => caseId),
    ]),
  ];
}
