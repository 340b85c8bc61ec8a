// What rules made of many comparisons.
import type { Forgebench } from './forgebench.js';
import { type DayPair, goSuites, type Suite } from './go-suites.js';
import type { Call, PairRule } from './pair-rules.js';
import { Tally } from './tally.js';

/** By which share a tenth of the benchmarks is slowed. */
export const SLOWDOWNS = [0.02, 0.03, 0.05];

/** What one rule made of all comparisons of one size. */
export interface Score {
  /** Unchanged cases that are called slower, or changed at all. */
  upward: Tally;
  either: Tally;
  /** Whether a comparison had at least one such call upward. */
  alarmed: boolean[];
  /** Slowed cases that are called slower, for each slowdown. */
  recall: Tally[];
  /** Calls of a slowdown where a tenth is slowed, for each slowdown. */
  calls: { right: number; wrong: number }[];
  /** Evidence in unchanged cases where nothing is slowed. */
  unchanged: number[];
  /** For each slowdown, evidence in the cases that it slowed, and in those beside them: p-values adjusted over all cases know. */
  slowed: number[][];
  beside: number[][];
}

/** How many comparisons are made, of which size. */
export interface Size {
  launches: number;
  draws: number;
}

/** Scores every rule on the same comparisons, without a slowdown and with each. */
export function scoreRules(
  pairs: readonly DayPair[],
  rules: readonly PairRule[],
  { size, forgebench }: { size: Size; forgebench: Pick<Forgebench, 'compareLaunches'> },
): Score[] {
  const scores = rules.map(emptyScore);
  for (const suite of goSuites(pairs, { ...size, slowdown: 0 }))
    for (const [index, calls] of judge(suite, rules, forgebench).entries())
      addUnchanged(scores[index] as Score, suite, calls);
  for (const [position, slowdown] of SLOWDOWNS.entries())
    for (const suite of goSuites(pairs, { ...size, slowdown }))
      for (const [index, calls] of judge(suite, rules, forgebench).entries())
        addSlowed(scores[index] as Score, suite, { calls, position });
  return scores;
}

/** The calls of each rule, case by case. */
function judge(
  suite: Suite,
  rules: readonly PairRule[],
  { compareLaunches }: Pick<Forgebench, 'compareLaunches'>,
): Call[][] {
  const { cases } = compareLaunches(suite.pairs);
  return rules.map((rule) =>
    suite.pairs.map((pair, index) => rule.judge(pair, cases[index] as (typeof cases)[number])),
  );
}

function emptyScore(): Score {
  return {
    upward: new Tally(),
    either: new Tally(),
    alarmed: [],
    recall: SLOWDOWNS.map(() => new Tally()),
    calls: SLOWDOWNS.map(() => ({ right: 0, wrong: 0 })),
    unchanged: [],
    slowed: SLOWDOWNS.map(() => []),
    beside: SLOWDOWNS.map(() => []),
  };
}

function addUnchanged(score: Score, { pairs }: Suite, calls: readonly Call[]): void {
  for (const [index, { verdict, evidence }] of calls.entries()) {
    const { id } = pairs[index] as Suite['pairs'][number];
    score.upward.add(id, verdict === 'slower');
    score.either.add(id, verdict !== 'none');
    score.unchanged.push(evidence);
  }
  score.alarmed.push(calls.some(({ verdict }) => verdict === 'slower'));
}

function addSlowed(
  score: Score,
  suite: Suite,
  { calls, position }: { calls: readonly Call[]; position: number },
): void {
  for (const [index, { verdict, evidence }] of calls.entries()) {
    const { id } = suite.pairs[index] as Suite['pairs'][number];
    const isSlowed = suite.slowed.has(id);
    if (isSlowed) score.recall[position]?.add(id, verdict === 'slower');
    score[isSlowed ? 'slowed' : 'beside'][position]?.push(evidence);
    const counts = score.calls[position];
    if (counts !== undefined && verdict === 'slower') counts[isSlowed ? 'right' : 'wrong']++;
  }
}
