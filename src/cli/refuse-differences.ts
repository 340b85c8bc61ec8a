// Runs that say nothing of each other are not compared silently.
import type { Difference } from '../compare/index.js';
import { UsageError } from './usage-error.js';

/**
 * Figures of different machines, versions of Node.js or measuring times say nothing of the code.
 *
 * @throws UsageError that names every difference
 */
export function refuseDifferences(base: string, head: string, differences: readonly Difference[]): void {
  if (differences.length === 0) return;
  const list = differences.map(({ what, base: old, head: now }) => `${what} (${old} against ${now})`).join(', ');
  throw new UsageError(
    `Cannot compare "${base}" with "${head}": they differ in ${list}; measure both alike, or add --across-machines to see it all the same`,
  );
}
