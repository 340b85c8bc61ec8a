// Launches that unclear cases get beyond the plan, until they are clear or nobody would wait longer.
import { countsToSettle, launchesToSettle, type RunComparison } from '../compare/index.js';
import { addCounts, addLaunches } from '../plan/index.js';
import { counted } from '../units/index.js';
import { type Measured, measureMore } from './measure-plan.js';

/** More looks than there are stages would never bring a case further. */
const MOST_LOOKS = 5;

/**
 * Makes more launches of the cases that a comparison leaves unclear, looks again, and so on: from 5 to 10, 15 and 25
 * launches, or to 50 duets. Settling may take as long again as the budget of the run.
 *
 * @param compare the comparison of what has been measured so far, with verdicts for a case that can be settled
 */
export async function settle(measured: Measured, compare: () => RunComparison, signal: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  const isLate = () => Date.now() - startedAt >= (measured.file.plan.settings.budgetMs ?? Number.POSITIVE_INFINITY);
  for (let look = 0; look < MOST_LOOKS && !signal.aborted; look++) {
    const more = launchesToSettle(compare(), measured.file.versions !== undefined);
    if (more.size === 0) return;
    if (isLate()) {
      process.stderr.write(
        `Left ${counted(more.size, 'case')} unclear, because settling them took as long as the budget says\n`,
      );
      return;
    }
    process.stderr.write(`Settling ${counted(more.size, 'case')} with more launches\n`);
    await measureMore(measured, addLaunches(measured.file.plan, more), signal);
  }
}

/**
 * Counts cases again whose instructions seem to differ, where chance decides on the counts: as often as chance hardly ever
 * keeps two versions apart.
 */
export async function settleCounts(
  measured: Measured,
  compare: () => RunComparison,
  signal: AbortSignal,
): Promise<void> {
  const more = countsToSettle(compare().instructions);
  if (more.size === 0 || signal.aborted) return;
  process.stderr.write(
    `Counting instructions of ${counted(more.size, 'case')} more often, because chance decides on them\n`,
  );
  await measureMore(measured, addCounts(measured.file.plan, more), signal);
}
