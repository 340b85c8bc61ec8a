// `forgebench bisect`: the commit that changed a case.
import { type ComparedCase, DEFAULT_COMPARE_OPTIONS, type RunComparison } from '../../compare/index.js';
import type { Suspects } from '../../history/index.js';
import type { BisectionReport } from '../../report/index.js';
import { type Commit, type CommitRange, commitsBetween } from '../../versions/index.js';
import { type BisectShowFlags, bisectOutput } from '../bisect-output.js';
import { type CommitBench, measureCommits, onlyCase } from '../commit-bench.js';
import { type ComparisonFlags, readComparisonOptions } from '../comparison-options.js';
import { EXIT } from '../exit-code.js';
import { abortOnInterrupt } from '../interrupt.js';
import { prepareVersions, type VersionsFlags } from '../measure-versions.js';
import { searchCommits } from '../search-commits.js';
import { UsageError } from '../usage-error.js';

/** Flags of `forgebench bisect`. */
export interface BisectFlags
  extends Omit<VersionsFlags, 'settle' | 'measureIdentical' | 'json'>,
    ComparisonFlags,
    BisectShowFlags {
  good: string;
  bad: string;
  confidence: string;
  /** The folder of the code under test; the working folder where nobody says. */
  code?: string;
}

/** Searches for the commit that changed a case; returns the exit code. */
export async function bisect(select: string, flags: BisectFlags): Promise<number> {
  const show = bisectOutput(flags);
  const confidence = readConfidence(flags.confidence);
  const options = { ...DEFAULT_COMPARE_OPTIONS, ...readComparisonOptions(flags) };
  const preparation = await prepareVersions([select], flags);
  const code = flags.code ?? '.';
  const range = commitsBetween(code, flags.good, flags.bad);
  const open = { preparation, code, options, signal: abortOnInterrupt(), caseId: select };
  const bad = range.after.at(-1) as Commit;
  const bench: CommitBench = { ...open, caseId: await onlyCase(open, range.good) };
  await onlyCase(bench, bad);

  process.stderr.write(`Whether good and bad differ, before ${range.after.length} commits are searched\n`);
  const ends = await measureCommits(bench, [range.good, bad], { settle: true, explained: [] });
  if ('reason' in ends) return failed(ends.reason, bench);
  const report = await search(bench, { range, confidence, ends: ends.comparison, explain: flags.explain ?? true });
  show(report);
  return exitCodeOfSearch(report);
}

interface Search {
  range: CommitRange;
  confidence: number;
  /** Bad beside good. */
  ends: RunComparison;
  explain: boolean;
}

async function search(bench: CommitBench, { range, confidence, ends, explain }: Search): Promise<BisectionReport> {
  const { signal, caseId } = bench;
  const commits = range.after.length;
  const bad = range.after[commits - 1] as Commit;
  const nothing = { comparisons: 0, suspects: [], skipped: [], step: null };
  const known = { caseId, confidence, good: range.good, bad, commits, ...nothing };
  const [change] = ends.cases;
  if (signal.aborted || change === undefined) return { ...known, outcome: 'interrupted', change: null };
  if (!isChange(change)) return { ...known, outcome: 'same', change: ends };

  const { suspects, isSure, ...searched } = await searchCommits(bench, { range, change, confidence });
  const named = suspects.map(({ first, last, probability }) => ({
    commits: range.after.slice(first, last + 1),
    probability,
  }));
  const found = { ...known, ...searched, change: ends, suspects: named };
  if (signal.aborted) return { ...found, outcome: 'interrupted' };
  if (!isSure) return { ...found, outcome: 'unsure' };
  const step = await measureStep(bench, { range, suspects: suspects[0] as Suspects, explain });
  if (signal.aborted) return { ...found, outcome: 'interrupted', step };
  const isShown = step?.comparison.cases[0]?.verdict === change.verdict;
  return { ...found, outcome: isShown ? 'found' : 'unconfirmed', step };
}

/** The suspects beside the commit before them, settled, with the profiles of both. */
async function measureStep(
  bench: CommitBench,
  { range, suspects, explain }: { range: CommitRange; suspects: Suspects; explain: boolean },
): Promise<BisectionReport['step']> {
  const before = suspects.first === 0 ? range.good : (range.after[suspects.first - 1] as Commit);
  const culprit = range.after[suspects.last] as Commit;
  process.stderr.write(`Measuring ${culprit.hash.slice(0, 12)} beside ${before.hash.slice(0, 12)} before it\n`);
  const explained = explain ? (['slower', 'faster'] as const) : [];
  const measured = await measureCommits(bench, [before, culprit], { settle: true, explained });
  return 'reason' in measured ? null : { before, comparison: measured.comparison };
}

function isChange({ verdict }: ComparedCase): boolean {
  return verdict === 'slower' || verdict === 'faster';
}

/** 1 where no commit can be named, as where a gate fails: the question was asked properly, and the answer is no. */
function exitCodeOfSearch({ outcome }: BisectionReport): number {
  if (outcome === 'interrupted') return EXIT.interrupted;
  return outcome === 'found' ? EXIT.well : EXIT.gate;
}

function failed(reason: string, { caseId }: CommitBench): number {
  process.stderr.write(`Cannot bisect "${caseId}": good or bad cannot be measured: ${reason}\n`);
  return EXIT.failed;
}

function readConfidence(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0.5 && value <= 0.9999) return value;
  throw new UsageError(`Cannot use --confidence ${text}: it has to be a probability from 0.5 to 0.9999, such as 0.95`);
}
