// Rules that compare two sets of launches: ours, and those of other tools.
import type { ComparedCase, LaunchPair } from '../../src/compare/index.js';
import { criterion } from './criterion.js';
import type { Forgebench } from './forgebench.js';
import { moments, welch } from './welch.js';

/** What a rule says of one case. */
export interface Call {
  verdict: 'slower' | 'faster' | 'none';
  /** How much speaks for a slowdown; minus infinity where the rule could never call one. */
  evidence: number;
}

/** A rule with where it comes from. */
export interface PairRule {
  name: string;
  source: string;
  /** `compared` is what forgebench says of the same pair: its rank test is benchstat's too. */
  judge(pair: LaunchPair, compared: ComparedCase): Call;
}

const LEVEL = 0.05;
/** The change below which rules of thumb and Criterion's `noise_threshold` call nothing. */
const RELEVANT = 0.01;

/** All rules; the first is ours. */
export function pairRules(forgebench: Pick<Forgebench, 'sureClearances' | 'DEFAULT_COMPARE_OPTIONS'>): PairRule[] {
  return [
    {
      name: 'forgebench',
      source: '`compareLaunches`, the function that every verb calls',
      judge: byClearance(forgebench),
    },
    { name: 'benchstat', source: 'its rule: Mann–Whitney p < .05', judge: byRanks({ gate: 0, adjusted: false }) },
    {
      name: 'benchstat > 1 %',
      source: 'and a change of the median > 1 %',
      judge: byRanks({ gate: RELEVANT, adjusted: false }),
    },
    {
      name: 'benchstat, BH > 1 %',
      source: 'p adjusted over the suite (Benjamini & Hochberg)',
      judge: byRanks({ gate: RELEVANT, adjusted: true }),
    },
    { name: 'Criterion', source: 'reimplemented from its rule, 2,000 resamples', judge: byCriterion },
    { name: 'Welch', source: "Student's t on launch estimates, p < .05", judge: byMeans(0) },
    { name: 'Welch > 1 %', source: 'and a change of the mean > 1 %', judge: byMeans(RELEVANT) },
  ];
}

function byClearance({
  sureClearances,
  DEFAULT_COMPARE_OPTIONS: { minEffect },
}: Pick<Forgebench, 'sureClearances' | 'DEFAULT_COMPARE_OPTIONS'>): PairRule['judge'] {
  return (_, compared) => ({
    verdict: compared.verdict === 'slower' || compared.verdict === 'faster' ? compared.verdict : 'none',
    evidence: compared.ratio > 1 + minEffect ? sureClearances(compared).slower : Number.NEGATIVE_INFINITY,
  });
}

function byRanks({ gate, adjusted }: { gate: number; adjusted: boolean }): PairRule['judge'] {
  return (_, { pValue, qValue, typical }) =>
    byTest(adjusted ? qValue : pValue, typical === null ? 0 : typical.head / typical.base - 1, gate);
}

function byMeans(gate: number): PairRule['judge'] {
  return ({ base, head }) => byTest(welch(base, head), moments(head).mean / moments(base).mean - 1, gate);
}

function byTest(pValue: number, change: number, gate: number): Call {
  const relevant = change === 0 ? false : Math.abs(change) > gate;
  const direction = change > 0 ? 'slower' : 'faster';
  return {
    verdict: relevant && pValue < LEVEL ? direction : 'none',
    evidence: relevant && change > 0 ? -Math.log(pValue) : Number.NEGATIVE_INFINITY,
  };
}

/** Regressed where p is small and the whole interval lies beyond the noise threshold. */
function byCriterion({ base, head }: LaunchPair): Call {
  const { pValue, low, high } = criterion(base, head, 1);
  const isClear = pValue < LEVEL;
  const verdict = isClear && low > RELEVANT ? 'slower' : isClear && high < -RELEVANT ? 'faster' : 'none';
  return { verdict, evidence: isClear ? low : Number.NEGATIVE_INFINITY };
}
