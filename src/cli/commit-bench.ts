// Commits of a repository, measured beside each other in one case.
import { relative, resolve } from 'node:path';
import type { CompareOptions, RunComparison, Verdict } from '../compare/index.js';
import type { Commit } from '../versions/index.js';
import { attempt } from './attempt.js';
import { identicalCases, measureVersions, type OpenedPair, type Preparation, pairUp } from './measure-versions.js';
import type { OpenedVersion } from './open-version.js';
import { UsageError } from './usage-error.js';

/** What commits are measured with. */
export interface CommitBench {
  preparation: Preparation;
  /** The folder of the code under test. */
  code: string;
  /** Until it names one case, what the user has selected. */
  caseId: string;
  options: Omit<CompareOptions, 'interleaved'>;
  signal: AbortSignal;
}

/** What two commits say beside each other; or why the second cannot be measured. */
export type MeasuredCommits = { comparison: RunComparison } | { reason: string };

/** How a comparison of commits is made. */
export interface CommitOptions {
  /** Whether it is launched again until it is clear. */
  settle: boolean;
  /** Verdicts whose case is profiled. */
  explained: readonly Verdict[];
}

/**
 * The one case that a commit has of those that were selected.
 *
 * @throws UsageError where it has none, or several, or cannot be opened
 */
export async function onlyCase(bench: CommitBench, commit: Commit): Promise<string> {
  const opened = await openCommit(bench, commit);
  const revision = commit.hash.slice(0, 12);
  if ('reason' in opened) throw new UsageError(`Cannot bisect: ${revision} cannot be measured: ${opened.reason}`);
  const ids = opened.value.selections.flatMap(({ cases }) => cases.map(({ id }) => id));
  const [id] = ids;
  if (id !== undefined && ids.length === 1) return id;
  throw new UsageError(
    id === undefined
      ? `Cannot bisect "${bench.caseId}": ${revision} has no such case${leftOutText(opened.value)}; name one that both commits have`
      : `Cannot bisect "${bench.caseId}": ${revision} has ${ids.length} such cases, and one is searched for at a time: ${ids.slice(0, 10).join(', ')}`,
  );
}

/** Measures a commit beside another one. Code that is the same on both sides is said to be, without a launch. */
export async function measureCommits(
  bench: CommitBench,
  [before, after]: readonly [Commit, Commit],
  { settle, explained }: CommitOptions,
): Promise<MeasuredCommits> {
  const { preparation, caseId, options, signal } = bench;
  const [base, head] = [await openCommit(bench, before), await openCommit(bench, after)];
  if ('reason' in base) return base;
  if ('reason' in head) return head;
  const pairs = pairUp(base.value, head.value).filter((pair) => pair.head.each.id === caseId);
  if (pairs.length === 0) return { reason: `it lacks the case${leftOutText(head.value)}` };
  const opened: OpenedPair = { base: onlyThis(base.value, caseId), head: onlyThis(head.value, caseId), pairs };
  const measuring = { ...preparation, flags: { ...preparation.flags, settle } };
  const comparing = { options: { ...options, settling: settle }, signal, explained };
  const { comparison } = await measureVersions(measuring, opened, comparing);
  if (comparison.cases.length > 0 || signal.aborted) return { comparison };
  const failure = [...(comparison.failed?.head ?? []), ...(comparison.failed?.base ?? [])][0]?.message;
  return { reason: failure === undefined ? 'no launch of it was finished' : `the case fails: ${failure}` };
}

/** Whether a commit runs the same code as another one. */
export async function runsSameCode(bench: CommitBench, commits: readonly [Commit, Commit]): Promise<boolean> {
  const [base, head] = [await openCommit(bench, commits[0]), await openCommit(bench, commits[1])];
  if ('reason' in base || 'reason' in head) return false;
  const pairs = pairUp(base.value, head.value).filter((pair) => pair.head.each.id === bench.caseId);
  return identicalCases(pairs, base.value, head.value).has(bench.caseId);
}

function openCommit({ preparation, code }: CommitBench, { hash }: Commit) {
  const place = relative(preparation.project.root, resolve(code)) || '.';
  return attempt(() => preparation.open(`git:${place}@${hash}`));
}

function onlyThis(version: OpenedVersion, caseId: string): OpenedVersion {
  const selections = version.selections.flatMap((selection) => {
    const cases = selection.cases.filter(({ id }) => id === caseId);
    return cases.length > 0 ? [{ ...selection, cases }] : [];
  });
  return { ...version, selections };
}

function leftOutText({ leftOut }: OpenedVersion): string {
  return leftOut.map(({ what, reason }) => `; without ${what}: ${reason.split('\n')[0]}`).join('');
}
