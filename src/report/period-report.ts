// What a stretch of time brought, as data: what changed, which promises are kept, and where work would pay.
import type { Explanation } from '../explain/index.js';
import type { ChangesSince, DatedChange, Regression, SuiteTrend, TrendPoint } from '../history/index.js';
import type { Growth } from '../statistics/index.js';
import type { StoredEntry, StoredRun } from '../store/index.js';
import type { Churn, HotFunction } from './opportunities.js';

/** A regression, and why, where an explanation is stored or can be made from stored profiles. */
export interface ExplainedRegression extends Regression {
  cause: Explanation | null;
}

/** A store since a moment. */
export interface PeriodReport {
  /** Where the store is. */
  place: string;
  since: Date;
  until: Date;
  /** Runs of the period, the oldest first. */
  runs: readonly StoredEntry[];
  /** The newest run of the whole store; null where there is none. */
  newest: StoredEntry | null;
  /** The last run that forgebench measured in the period. */
  last: StoredRun | null;
  changes: Omit<ChangesSince, 'regressions'> & { regressions: readonly ExplainedRegression[] };
  suites: readonly SuiteTrend[];
  /** What is known of machines by their fingerprint. */
  machines: ReadonlyMap<string, string>;
  opportunities: {
    /** Of the cases that were profiled last, so many of them. */
    functions: readonly HotFunction[];
    profiled: number;
    churn: readonly Churn[];
    growth: readonly Growth[];
    /** Why the growth of the last run could not be read; undefined where it could. */
    unreadGrowth?: string;
  };
}

/**
 * The text of a period as JSON: times of figures in nanoseconds, changes as shares, intervals as ratios.
 *
 * @example
 * JSON.parse(periodToJson(period)).regressions[0].status // 'lasts'
 */
export function periodToJson({ place, since, until, runs, last, ...more }: PeriodReport): string {
  const { changes, suites, opportunities } = more;
  const value = {
    version: 1,
    store: place,
    since: since.toISOString(),
    until: until.toISOString(),
    runs: runs.map(({ id, startedAt, commit }) => ({ id, startedAt, commit })),
    last: last && {
      id: last.id,
      status: last.status,
      targets: last.cases.flatMap(({ id, targets }) => targets.map((target) => ({ caseId: id, ...target }))),
    },
    suites,
    regressions: changes.regressions.map(({ status, undoneBy, cause, ...each }) => ({
      ...plain(each),
      ...(each.change.triage && { triage: each.change.triage }),
      status,
      undoneBy: undoneBy && named(undoneBy),
      cause,
    })),
    improvements: changes.improvements.map(plain),
    settled: changes.settled.map((each) => ({ ...plain(each), triage: each.change.triage })),
    smallRises: changes.smallRises,
    olderRegressions: changes.older,
    opportunities,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function plain({ trend, change, interval }: DatedChange) {
  const { caseId, metric, unit, fingerprint } = trend;
  const { magnitude, confidence, before, after } = change;
  const size = { magnitude, interval, confidence };
  return { caseId, metric, unit, fingerprint, ...size, before: named(before), after: named(after) };
}

function named({ commit, startedAt, runs, value }: TrendPoint) {
  return { commit, startedAt, run: runs[0], value };
}
