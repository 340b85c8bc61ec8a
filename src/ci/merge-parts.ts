// Parts of a pull request's benchmarks that machines of a matrix have measured, put together.
import { mergeComparisons } from '../compare/index.js';
import { distinct } from '../units/index.js';
import type { Annotation } from './annotations.js';
import type { ComparedOutcome, PullRequestOutcome } from './pull-request-outcome.js';
import type { PullRequestPart } from './pull-request-part.js';

/** What all parts come to. */
export interface MergedParts {
  outcome: PullRequestOutcome;
  annotations: Annotation[];
  /** Parts that were not measured, a sentence each. */
  missing: string[];
  exitCode: number;
  /** The commit of the base; nothing where no part tells. */
  base: string | undefined;
}

/** Of several exit codes the first of these counts; where a part is missing, a part has failed. */
const FAILED: number = 3;
const NOTHING: number = 4;
const ORDER = [2, FAILED, NOTHING, 1];

/**
 * Puts parts together. A part that is not there, or is one of another commit, is told and makes the check fail: what nobody
 * has measured is not all clear. One whose base has none of its cases passes, as it does alone.
 *
 * @param head the commit that the pull request is at
 * @param unreadable why files of parts could not be read, a sentence each
 */
export function mergeParts(
  parts: readonly PullRequestPart[],
  head: string,
  unreadable: readonly string[] = [],
): MergedParts {
  const ours = newestOfEach(parts.filter((part) => part.head === head));
  const outcome = mergeOutcomes(ours.map((part) => part.outcome));
  const isComplete = outcome.kind === 'documentation';
  const absent = isComplete ? [] : [...unreadable, ...absentParts(ours, parts)];
  const baseless = isComplete ? [] : baselessParts(ours);
  const failed = absent.length > 0 || ours.length === 0;
  return {
    outcome,
    missing: [...absent, ...baseless],
    annotations: [
      ...distinct(ours.flatMap(({ annotations }) => annotations)),
      ...absent.map((message) => notMeasured('error', message)),
      ...baseless.map((message) => notMeasured('warning', message)),
      ...(ours.length === 0 ? [notMeasured('error', NOTHING_ARRIVED)] : []),
    ],
    exitCode: worstOf([...ours.map(({ exitCode }) => exitCode), ...(failed ? [FAILED] : [])]),
    base: ours[0]?.base,
  };
}

const NOTHING_ARRIVED = 'No part of the measurement has arrived: its jobs were cancelled, or failed before they ended.';

/** A job that was started again leaves its part beside that of the first attempt. */
function newestOfEach(parts: readonly PullRequestPart[]): PullRequestPart[] {
  const inOrder = [...parts].sort((a, b) => a.order - b.order);
  const count = inOrder.at(-1)?.shard.count;
  const newest = new Map(inOrder.filter(({ shard }) => shard.count === count).map((part) => [part.shard.index, part]));
  return [...newest.values()].sort((a, b) => a.shard.index - b.shard.index);
}

function mergeOutcomes(outcomes: readonly PullRequestOutcome[]): PullRequestOutcome {
  const broken = outcomes.find(({ kind }) => kind === 'broken');
  if (broken) return broken;
  const compared = outcomes.filter((each) => each.kind === 'compared');
  if (compared.length > 0) return mergeCompared(compared as [ComparedOutcome, ...ComparedOutcome[]]);
  return outcomes[0] ?? { kind: 'broken', reason: NOTHING_ARRIVED };
}

function mergeCompared(parts: readonly [ComparedOutcome, ...ComparedOutcome[]]): ComparedOutcome {
  return {
    kind: 'compared',
    comparison: mergeComparisons(parts.map(({ comparison }) => comparison)),
    missed: parts.flatMap(({ missed }) => missed),
    machines: distinct(parts.flatMap(({ machines }) => machines)),
    tolerance: parts[0].tolerance,
  };
}

function absentParts(ours: readonly PullRequestPart[], all: readonly PullRequestPart[]): string[] {
  const count = ours[0]?.shard.count ?? 0;
  const there = new Set(ours.map(({ shard }) => shard.index));
  const absent = Array.from({ length: count }, (_, place) => place + 1).filter((index) => !there.has(index));
  return absent.map((index) => {
    const other = all.find(({ shard }) => shard.index === index);
    const why = other
      ? `there is only one of another commit (${other.head.slice(0, 7)})`
      : 'its job was cancelled, or failed before it ended';
    return `Part ${index} of ${count} is missing: ${why}. Its benchmarks were not measured.`;
  });
}

/** Where no part could be compared the outcome says it. */
function baselessParts(parts: readonly PullRequestPart[]): string[] {
  if (!parts.some(({ outcome }) => outcome.kind === 'compared')) return [];
  return parts.flatMap(({ shard, outcome }) =>
    outcome.kind === 'baseless'
      ? [`Part ${shard.index} of ${shard.count} has nothing to compare with: ${outcome.reason}`]
      : [],
  );
}

function notMeasured(level: Annotation['level'], message: string): Annotation {
  return { level, title: 'forgebench: not all was measured', message };
}

/** That one part has measured nothing is no failure where others have. */
function worstOf(codes: readonly number[]): number {
  const counting = codes.every((code) => code === NOTHING) ? codes : codes.filter((code) => code !== NOTHING);
  return ORDER.find((code) => counting.includes(code)) ?? counting[0] ?? FAILED;
}
