// What a run promised and did not keep.
import type { RunRecord } from '../store/index.js';

/** Targets that a run has missed, a line each. */
export function missedTargets({ summaries }: RunRecord): string[] {
  return summaries.flatMap(({ caseId, targets }) =>
    targets.flatMap(({ target, applies, status }) =>
      applies && status === 'missed' ? [`${caseId}: ${target.text}`] : [],
    ),
  );
}

/** Says which the head of a comparison has missed: they fail the gate as much as a slower case, and no comparison shows them. */
export function sayMissedTargets(head: RunRecord): void {
  for (const missed of missedTargets(head)) process.stderr.write(`Missed by head: ${missed}\n`);
}
