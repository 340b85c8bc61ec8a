// Defects that benchmarks are there to show: which of them a run has seen, with the evidence.
import { type Benchmark, type Condition, type Finding, hasParameters } from '../definition/index.js';
import type { LaunchFailure } from '../samples/index.js';
import { figureOf, judge } from './check-targets.js';
import { estimateOf } from './figure.js';
import type { Estimate, Evidence, Figure, FindingResult, Growth, Summary, TargetStatus } from './summary.js';

/** What was measured of one benchmark. */
export interface Measured {
  summaries: readonly Summary[];
  growth: readonly Growth[];
  failures: readonly { caseId: string; failure: LaunchFailure }[];
}

/**
 * Judges each finding of a benchmark: `seen` where an interval lies wholly on the side of the defect, for at least one
 * case; `absent` where all lie on the other side; `unclear` between; `unmeasured` where the run has no such case.
 */
export function judgeFindings(benchmark: Benchmark, measured: Measured): FindingResult[] {
  return benchmark.findings.map((finding) => ({ benchmarkId: benchmark.id, finding, ...judgeOne(finding, measured) }));
}

type Judged = Pick<FindingResult, 'status' | 'evidence'>;
type Candidate = Judged & { status: 'seen' | 'absent' | 'unclear' };

function judgeOne(finding: Finding, measured: Measured): Judged {
  const candidates = candidatesOf(finding, measured);
  // One case that shows the defect is enough, the one that shows it most.
  for (const status of ['seen', 'unclear', 'absent'] as const) {
    const found = candidates.filter((each) => each.status === status).sort(mostTelling(finding.condition));
    if (found[0]) return found[0];
  }
  return { status: 'unmeasured', evidence: null };
}

function candidatesOf(finding: Finding, measured: Measured): Candidate[] {
  const { condition, where } = finding;
  const summaries = measured.summaries.filter(({ parameters }) => hasParameters(parameters, where));
  switch (condition.kind) {
    case 'failure':
      return summaries.flatMap((summary) => failures(condition.reason, summary, measured));
    case 'exponent':
      return measured.growth
        .filter(({ fixed }) => hasParameters(fixed, where))
        .flatMap((growth) =>
          compared(condition, growth.exponent, { subject: subjectOf(growth), metric: 'exponent', unit: '' }),
        );
    case 'ratio':
      return summaries.flatMap((summary) => ratios(condition, { summary, all: measured.summaries }));
    case 'figure':
      return summaries.flatMap((summary) => {
        const { target } = condition;
        const evidence = { subject: summary.caseId, metric: target.figure ?? target.metric, unit: target.unit };
        return compared(target, figureOf(target, figuresOf(summary)), evidence);
      });
  }
}

function figuresOf(summary: Summary) {
  return { ...summary, busy: summary.resources.busy, own: summary.figures };
}

const STATUS: Record<TargetStatus, Candidate['status']> = { met: 'seen', missed: 'absent', unclear: 'unclear' };

function compared(
  limit: { relation: '<' | '>'; limit: number },
  figure: Figure,
  about: { subject: string; metric: string; unit: string; against?: string },
): Candidate[] {
  const estimate = estimateOf(figure);
  if (!estimate) return [];
  return [{ status: STATUS[judge(limit, estimate)], evidence: { kind: 'figure', ...about, estimate } }];
}

/** The case over the one that differs from it in what `against` names alone. */
function ratios(
  condition: Extract<Condition, { kind: 'ratio' }>,
  { summary, all }: { summary: Summary; all: readonly Summary[] },
): Candidate[] {
  const wanted = { ...summary.parameters, ...condition.against };
  const other = all.find((each) => each !== summary && hasParameters(each.parameters, wanted));
  const [above, below] = [estimateOf(summary.p50), other && estimateOf(other.p50)];
  if (!other || !above || !below) return [];
  const about = { subject: summary.caseId, against: other.caseId, metric: 'ratio', unit: '' };
  return compared(condition, { estimate: ratioOf(above, below) }, about);
}

/** The ends are those of both intervals at their worst, which covers more than either says. */
function ratioOf(above: Estimate, below: Estimate): Estimate {
  return { value: above.value / below.value, low: above.low / below.high, high: above.high / below.low };
}

function failures(reason: LaunchFailure['reason'], summary: Summary, { failures: all }: Measured): Candidate[] {
  const failed = all.filter(({ caseId, failure }) => caseId === summary.caseId && failure.reason === reason);
  const launches = summary.launches.time + summary.launches.memory + summary.launches.failed;
  if (launches === 0) return [];
  const message = failed[0]?.failure.message ?? '';
  const evidence: Evidence = { kind: 'failure', subject: summary.caseId, failed: failed.length, launches, message };
  return [{ status: failed.length > 0 ? 'seen' : 'absent', evidence }];
}

function subjectOf({ benchmarkId, fixed, points }: Growth): string {
  const sizes = points.map(({ size }) => size);
  const others = Object.entries(fixed).map(([name, value]) => `${name}=${value}`);
  const parameter = `${points.length} sizes from ${Math.min(...sizes)} to ${Math.max(...sizes)}`;
  return `${benchmarkId}${others.length === 0 ? '' : `[${others.join(',')}]`}, ${parameter}`;
}

function mostTelling(condition: Condition): (a: Judged, b: Judged) => number {
  const relation =
    condition.kind === 'figure' ? condition.target.relation : 'relation' in condition && condition.relation;
  const value = ({ evidence }: Judged) =>
    evidence?.kind === 'figure' ? evidence.estimate.value : evidence ? evidence.failed / evidence.launches : 0;
  return (a, b) => (relation === '<' ? value(a) - value(b) : value(b) - value(a));
}
