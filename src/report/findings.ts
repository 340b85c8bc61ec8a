// What a run says of defects of its subjects, for every renderer: which it has seen, and the evidence in words.
import type { Evidence, FindingResult } from '../statistics/index.js';
import type { RunRecord } from '../store/index.js';
import { formatBytes, formatCount, formatInterval, formatNs, formatPercent, formatRate } from '../units/index.js';
import { type FailureGroup, failureGroups } from './overview.js';

/** Findings of a run, those seen first, each status in the order of the definitions. */
export function findingsByStatus(record: RunRecord): Record<FindingResult['status'], FindingResult[]> {
  const of = (status: FindingResult['status']) => record.findings.filter((each) => each.status === status);
  return { seen: of('seen'), unclear: of('unclear'), absent: of('absent'), unmeasured: of('unmeasured') };
}

/** Failures that a definition expects and no finding speaks of. */
export function otherExpectedFailures(record: RunRecord): FailureGroup[] {
  const spokenOf = new Set(
    record.findings.flatMap(({ evidence }) => (evidence?.kind === 'failure' ? evidence.subject : [])),
  );
  return failureGroups(record, { expected: true }).filter(({ caseId }) => !spokenOf.has(caseId));
}

/**
 * The evidence of a finding in words.
 *
 * @example
 * evidenceText({ kind: 'figure', subject: 'model/a[n=2]', against: 'model/a[n=1]', metric: 'ratio', unit: '',
 *   estimate: { value: 5, low: 4.9, high: 5.1 } }) // 'model/a[n=2]: 5 [4.9, 5.1] times model/a[n=1]'
 */
export function evidenceText(evidence: Evidence): string {
  if (evidence.kind === 'failure')
    return `${evidence.subject}: ${evidence.failed} of ${evidence.launches} launches failed: ${evidence.message}`;
  const { subject, against, metric, unit, estimate } = evidence;
  const format = formatOf(unit);
  const figure = `${format(estimate.value)} ${formatInterval(estimate, format)}`;
  if (against !== undefined) return `${subject}: ${figure} times ${against}`;
  return `${subject}: ${metric} ${figure}`;
}

/** What a status means to a reader. */
export const FINDING_STATUS: Readonly<Record<FindingResult['status'], string>> = {
  seen: 'Seen',
  unclear: 'Unclear: the interval holds the limit',
  absent: 'Looked for and not seen',
  unmeasured: 'Not looked for: their cases were not measured',
};

function formatOf(unit: string): (value: number) => string {
  if (unit === 'ns') return formatNs;
  if (unit === '/s') return formatRate;
  if (unit === 'B') return formatBytes;
  if (unit === 'share') return formatPercent;
  const shown = unit === '' || unit === 'ratio' ? '' : ` ${unit}`;
  return (value) => `${formatCount(value)}${shown}`;
}
