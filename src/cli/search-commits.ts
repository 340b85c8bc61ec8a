// The search through commits: which one is measured next, and what is known after it.
import { type ComparedCase, chanceOfChange, launchesToTell } from '../compare/index.js';
import {
  type Bisection,
  comparisonsLeft,
  learn,
  mostComparisons,
  nextToMeasure,
  type Suspects,
  skip,
  startBisection,
  suspectsOf,
} from '../history/index.js';
import { type BisectionReport, plainText } from '../report/index.js';
import type { Commit, CommitRange } from '../versions/index.js';
import { type CommitBench, measureCommits, runsSameCode } from './commit-bench.js';

/** What a search is about. */
export interface CommitSearch {
  range: CommitRange;
  /** Bad beside good. */
  change: ComparedCase;
  /** How likely the commit is to be the right one when the search ends, from 0 to 1. */
  confidence: number;
}

/** What a search has found; the likeliest suspects first. */
export interface CommitSearchResult extends Pick<BisectionReport, 'comparisons' | 'skipped'> {
  suspects: Suspects[];
  isSure: boolean;
}

/** Compares commits with the good one until one of them is sure, more comparisons would not help, or the search is interrupted. */
export async function searchCommits(bench: CommitBench, search: CommitSearch): Promise<CommitSearchResult> {
  const { range, change, confidence } = search;
  const commits = range.after.length;
  const quick = withLaunches(bench, launchesToTell(change));
  const skipped: CommitSearchResult['skipped'] = [];
  let [known, comparisons] = [startBisection(commits), 0];
  while (!bench.signal.aborted && !isSure(known, confidence) && comparisons < mostComparisons(commits)) {
    const next = nextToMeasure(known);
    if (next === undefined) break;
    const commit = range.after[next] as Commit;
    sayNext(known, { commit, comparisons });
    const told = await askCommit(quick, [range.good, commit], change);
    if (bench.signal.aborted) break; // A comparison that was cut short has too few launches to be believed.
    if (typeof told === 'number') {
      known = learn(known, next, told);
      comparisons++;
    } else {
      known = skip(known, next);
      skipped.push({ commit, reason: told.reason });
      process.stderr.write(`Skipped ${nameOf(commit)}: ${plainText(told.reason.split('\n')[0] as string)}\n`);
    }
  }
  return { suspects: suspectsOf(known), isSure: isSure(known, confidence), comparisons, skipped };
}

/** How likely a commit has the change; or why that cannot be measured. */
async function askCommit(
  bench: CommitBench,
  commits: readonly [Commit, Commit],
  change: ComparedCase,
): Promise<number | { reason: string }> {
  if (await runsSameCode(bench, commits)) return 0;
  const measured = await measureCommits(bench, commits, { settle: false, explained: [] });
  if ('reason' in measured) return measured;
  const [its] = measured.comparison.cases;
  return its === undefined ? { reason: 'no launch of it was finished' } : chanceOfChange(its, change);
}

function isSure(known: Bisection, confidence: number): boolean {
  return (suspectsOf(known)[0]?.probability ?? 0) >= confidence;
}

/** As many launches as the user says, or else as many as the scatter of launches asks for. */
function withLaunches(bench: CommitBench, launches: number): CommitBench {
  const { preparation } = bench;
  if (preparation.flags.launches !== undefined) return bench;
  return { ...bench, preparation: { ...preparation, settings: { ...preparation.settings, launches } } };
}

function sayNext(known: Bisection, { commit, comparisons }: { commit: Commit; comparisons: number }): void {
  const left = comparisonsLeft(known);
  const likely = known.probabilities.filter((each) => each >= 0.01).length;
  process.stderr.write(
    `Comparison ${comparisons + 1}, about ${left} left, ${likely} commits likely: ${nameOf(commit)}\n`,
  );
}

function nameOf({ hash, subject }: Commit): string {
  return plainText(`${hash.slice(0, 12)} ${subject}`);
}
