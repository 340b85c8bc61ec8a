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
