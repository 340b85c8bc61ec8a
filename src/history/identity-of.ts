// Which runs have run the same code.
import type { SeriesPoint } from '../store/index.js';

/**
 * The same text for runs of the same code. A working folder with changes may be another one each time, and one commit may
 * measure several versions.
 */
export function identityOf({ run }: SeriesPoint): string {
  const isKnown = run.commit !== null && !run.commit.endsWith('-dirty');
  return isKnown ? JSON.stringify([run.commit, run.subjects]) : run.id;
}
