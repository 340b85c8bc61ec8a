// What a search for a commit ends with, and its words.
import type { RunComparison } from '../compare/index.js';
import { counted, formatPercent } from '../units/index.js';
import { formatChange, formatChangeInterval } from './comparison-words.js';

/** A commit as it is named to people. */
export interface NamedCommit {
  hash: string;
  subject: string;
  author: string;
  /** ISO 8601. */
  date: string;
  parents: number;
}

/** Commits that could not be told apart, the oldest first, and how likely one of them made the change. */
export interface SuspectedCommits {
  commits: NamedCommit[];
  /** From 0 to 1. */
  probability: number;
}

/** A search for the commit that changed a case. */
export interface BisectionReport {
  caseId: string;
  /**
   * `found`: the commit is known with the confidence. `unconfirmed`: it is, and measured against its parent it does not show
   * the change. `unsure`: the confidence was not reached. `same`: good and bad do not differ. `interrupted`: it was ended early.
   */
  outcome: 'found' | 'unconfirmed' | 'unsure' | 'same' | 'interrupted';
  /** How likely the commit is to be the right one when the search ends, from 0 to 1. */
  confidence: number;
  good: NamedCommit;
  bad: NamedCommit;
  /** Commits after the good one, up to the bad one. */
  commits: number;
  /** Comparisons that were made beside that of good and bad. */
  comparisons: number;
  /** Of good and bad; null where it was not finished. */
  change: RunComparison | null;
  /** Those that are left, the likeliest first; none where good and bad do not differ. */
  suspects: SuspectedCommits[];
  /** Commits that could not be measured, and why. */
  skipped: { commit: NamedCommit; reason: string }[];
  /** The commit before the likeliest suspects against the last of them; null where it was not measured. */
  step: { before: NamedCommit; comparison: RunComparison } | null;
}

/** Of many suspects, so many are named. */
const MOST_NAMED = 5;

/** The likeliest suspects, or the few that are likely. */
export function namedSuspects({ suspects, outcome }: BisectionReport): SuspectedCommits[] {
  if (outcome === 'found' || outcome === 'unconfirmed') return suspects.slice(0, 1);
  return suspects.filter(({ probability }) => probability >= 0.01).slice(0, MOST_NAMED);
}

/** `found in 4 comparisons of 8 commits, with a probability of 98 %`, in a sentence. */
export function outcomeWords({ outcome, comparisons, commits, suspects, confidence, change }: BisectionReport): string {
  const [best] = suspects;
  const likely = best === undefined ? '' : formatPercent(best.probability);
  const made = `${counted(comparisons, 'comparison')} over ${counted(commits, 'commit')}`;
  const several = best !== undefined && best.commits.length > 1 ? best.commits.length : undefined;
  const which = several === undefined ? 'the commit' : `${several} commits that cannot be told apart`;
  const each = change?.cases[0];
  switch (outcome) {
    case 'found':
      return `Found ${which} in ${made}; the change came in there with a probability of ${likely}.`;
    case 'unconfirmed':
      return `${made} point to ${which} below (${likely}), but measured beside the commit before, it does not show the change: bisect again, or look at both.`;
    case 'unsure':
      return `Not found: ${made} bring no commit to a probability of ${formatPercent(confidence)}; give each comparison more launches.`;
    case 'same':
      return each?.verdict === 'unclear'
        ? `Whether good and bad differ is unclear, so there is nothing to search for: ${each.reason ?? 'launches are too few'}; give it more launches.`
        : 'Good and bad do not differ, so there is nothing to search for.';
    case 'interrupted':
      return change === null
        ? 'Interrupted before it was known whether good and bad differ.'
        : `Interrupted after ${made}.`;
  }
}

/** `+98 % (+90 % … +105 %), slower`; nothing where the case was not measured. */
export function changeWords(comparison: RunComparison | null | undefined): string | undefined {
  const each = comparison?.cases[0];
  if (each === undefined) return undefined;
  return `${formatChange(each.ratio)} (${formatChangeInterval(each)}), ${each.verdict}`;
}

/** The differential flame graph, or why there is none. */
export function flameWords({ step }: BisectionReport): { page: string } | { failure: string } | undefined {
  const explanation = step?.comparison.explanations?.[0];
  if (explanation?.page !== undefined) return { page: explanation.page };
  return explanation?.failure === undefined ? undefined : { failure: explanation.failure };
}

/** As much of a commit's name as tells it from others: `3f2a9c1b04de`. */
export function shortName(hash: string): string {
  return hash.slice(0, 12);
}
