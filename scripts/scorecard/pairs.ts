// Two sets of launches: every rule on the same comparisons of real days.
import type { GoDay } from './data.js';
import type { Forgebench } from './forgebench.js';
import { type DayPair, dayPairs, goSuites } from './go-suites.js';
import { mean } from './mean.js';
import { type PairRule, pairRules } from './pair-rules.js';
import { type Score, type Size, SLOWDOWNS, scoreRules } from './score.js';
import { settle } from './settle.js';
import type { Cell, Section, Table } from './table.js';
import { shareAbove, shareOf, Tally, thresholdAt } from './tally.js';

/** Launches a side, and how often each pair of days is drawn; all launches of a day can be drawn only once. */
const SIZES: readonly Size[] = [
  { launches: 5, draws: 2 },
  { launches: 10, draws: 1 },
  { launches: 25, draws: 1 },
];
/** Exact rank tests of so many launches with ties take milliseconds each, so fewer pairs of days are compared. */
const MANY = { launches: 25, oneOf: 3 };
/** False positives at which recall is compared. */
const RATES = [0.001, 0.003, 0.005, 0.01];

/** Scores all rules on pairs of days within one state of the machine, and on pairs across its change. */
export function scorePairs(days: readonly GoDay[], forgebench: Forgebench, { quick }: { quick: boolean }): Section[] {
  const rules = pairRules(forgebench);
  const same = thinned(dayPairs(days, { crossing: false }), quick ? 9 : 1);
  const crossing = thinned(dayPairs(days, { crossing: true }), quick ? 9 : 2);
  const scored = SIZES.map((size) => ({ size, scores: scoreRules(fewer(same, size), rules, { size, forgebench }) }));
  return [
    {
      title: 'Two versions, one after the other on a quiet machine',
      text: [explain(days, same), rules.map(({ name, source }) => `**${name}**: ${source}.`).join(' ')],
      tables: [
        ...scored.map(({ size, scores }) => operatingTable(size, rules, scores)),
        curveTable(rules, scored),
        halvesTable(days, forgebench, quick),
      ],
    },
    settledSection(thinned(same, quick ? 1 : 2), forgebench),
    crossingSection({ same: thinned(same, quick ? 1 : 3), crossing }, rules, forgebench),
  ];
}

function explain(days: readonly GoDay[], pairs: readonly DayPair[]): string {
  const benchmarks = Object.keys(days[0]?.launches ?? {}).length;
  return `A Go toolchain against itself: ${pairs.length} ordered pairs of ${days.length} days within one state of the machine, ${benchmarks} benchmarks in processes of their own, so every call is false. Then a tenth of the benchmarks is slowed in head, another tenth in each comparison, and calls are right where they name these. *False upward* is the share of unchanged cases that are called slower, *false* of those that are called slower or faster; *suites* is the share of comparisons with at least one false call upward; *precision* that of the calls where a tenth is slowed by 2 %. Standard errors take a benchmark as a cluster.`;
}

/** Every so many pairs, which keeps them spread over all days. */
function thinned(pairs: readonly DayPair[], oneOf: number): DayPair[] {
  return pairs.filter((_, index) => index % oneOf === 0);
}

function fewer(pairs: readonly DayPair[], { launches }: Size): DayPair[] {
  return thinned(pairs, launches >= MANY.launches && pairs.length >= 10 * MANY.oneOf ? MANY.oneOf : 1);
}

function operatingTable({ launches }: Size, rules: readonly PairRule[], scores: readonly Score[]): Table {
  return {
    caption: `Verdicts of ${launches} launches a side:`,
    head: ['rule', 'false upward', 'false', 'suites', ...SLOWDOWNS.map((by) => `recall +${100 * by} %`), 'precision'],
    rows: rules.map(({ name }, index) => {
      const { upward, either, alarmed, recall, calls } = scores[index] as Score;
      const { right, wrong } = calls[0] as Score['calls'][number];
      return [
        name,
        upward.share(),
        either.share(),
        shareOf(alarmed),
        ...recall.map((tally) => tally.share()),
        right + wrong === 0 ? null : (right / (right + wrong)).toFixed(3),
      ];
    }),
  };
}

function curveTable(rules: readonly PairRule[], scored: readonly { size: Size; scores: Score[] }[]): Table {
  const rows = scored.flatMap(({ size, scores }) =>
    SLOWDOWNS.map((by, position): Cell[] => [
      `${size.launches} launches, +${100 * by} %`,
      ...scores.map((score) => curve(score, position)),
    ]),
  );
  return {
    caption: `The whole curve: recall where the threshold of each rule is set so that ${RATES.map((rate) => 100 * rate).join(' / ')} % of the cases that are not slowed are called slower:`,
    head: ['', ...rules.map(({ name }) => name)],
    rows,
  };
}

function curve({ beside, slowed }: Score, position: number): string {
  return RATES.map((rate) =>
    shareAbove(slowed[position] as number[], thresholdAt(beside[position] as number[], rate))
      .toFixed(2)
      .replace(/^0/, ''),
  ).join('/');
}

/** The margin as one would set it on half of the days, on pairs of the other half; both ways. */
function halvesTable(days: readonly GoDay[], forgebench: Forgebench, quick: boolean): Table {
  const [ours] = pairRules(forgebench) as [PairRule];
  const halves = [0, 1].map((rest) => {
    const pairs = dayPairs(
      days.filter((_, index) => index % 2 === rest),
      { crossing: false },
    );
    return SIZES.map(
      (size) => scoreRules(fewer(thinned(pairs, quick ? 5 : 1), size), [ours], { size, forgebench })[0] as Score,
    );
  });
  const rows = SIZES.map(({ launches }, position): Cell[] => {
    const [odd, even] = halves.map((half) => half[position] as Score) as [Score, Score];
    return [`${launches} launches`, ...[odd, even].map(asShipped), heldOut(odd, even), heldOut(even, odd)];
  });
  return {
    caption:
      'Cross-validated by days (false upward: recall at +2 / +3 / +5 %). The first two columns are the rule as it is on either half. In the others its margin is set to 0.3 % of false calls on one half and used on the other:',
    head: ['', 'odd days', 'even days', 'set on odd, used on even', 'set on even, used on odd'],
    rows,
  };
}

function asShipped({ upward, recall }: Score): string {
  return point(
    upward.share().share,
    recall.map((tally) => tally.share().share),
  );
}

function heldOut(training: Score, test: Score): string {
  const threshold = thresholdAt(training.unchanged, 0.003);
  return point(
    shareAbove(test.unchanged, threshold),
    test.slowed.map((values) => shareAbove(values, threshold)),
  );
}

function point(falsePositives: number, recall: readonly number[]): string {
  return `${(100 * falsePositives).toFixed(2)} %: ${recall.map((share) => share.toFixed(2).replace(/^0/, '')).join('/')}`;
}

function settledSection(pairs: readonly DayPair[], forgebench: Forgebench): Section {
  const launches = Number.POSITIVE_INFINITY; // All that a day has.
  const [upward, either, spent] = [new Tally(), new Tally(), [] as number[]];
  for (const suite of goSuites(pairs, { launches, draws: 1, slowdown: 0 }))
    for (const { case: each, launches: count } of settle(suite.pairs, forgebench)) {
      upward.add(each.id, each.verdict === 'slower');
      either.add(each.id, each.verdict === 'slower' || each.verdict === 'faster');
      spent.push(count);
    }
  const found = SLOWDOWNS.map((slowdown) => {
    const [tally, took] = [new Tally(), [] as number[]];
    for (const suite of goSuites(pairs, { launches, draws: 1, slowdown }))
      for (const { case: each, launches: count } of settle(suite.pairs, forgebench))
        if (suite.slowed.has(each.id)) {
          tally.add(each.id, each.verdict === 'slower');
          took.push(count);
        }
    return { tally, took };
  });
  return {
    title: 'Few launches, and more of what is unclear',
    text: [
      'Five launches a side of every case, then of each unclear case as many more as its verdict asks for, up to the 20–25 that a day has (`--settle`). The same days and slowdowns.',
    ],
    tables: [
      {
        caption: 'Settled verdicts; launches are the mean of each side:',
        head: ['', 'called slower', 'called at all', 'launches'],
        rows: [
          ['unchanged', upward.share(), either.share(), mean(spent)],
          ...found.map(({ tally, took }, index): Cell[] => [
            `+${100 * (SLOWDOWNS[index] as number)} %`,
            tally.share(),
            null,
            mean(took),
          ]),
        ],
      },
    ],
  };
}

/** Days within one state of the machine, and across its change. */
interface States {
  same: DayPair[];
  crossing: DayPair[];
}

function crossingSection(states: States, rules: readonly PairRule[], forgebench: Forgebench): Section {
  return {
    title: 'Two versions, one after the other on a machine that changed its state',
    text: [
      `The same toolchain on ${states.crossing.length} ordered pairs of days of which one lies before, and one after the machine changed its state.`,
    ],
    tables: [
      {
        caption: 'Unchanged cases that a rule calls slower:',
        head: ['', ...rules.map(({ name }) => name)],
        rows: SIZES.map((size) => [
          `${size.launches} launches`,
          ...falseCalls(states.crossing, rules, { size, forgebench }),
        ]),
      },
      noticedTable(states, forgebench),
    ],
  };
}

function falseCalls(
  pairs: readonly DayPair[],
  rules: readonly PairRule[],
  { size, forgebench }: { size: Size; forgebench: Forgebench },
): Cell[] {
  const upward = rules.map(() => new Tally());
  for (const { pairs: launches } of goSuites(pairs, { ...size, draws: 1, slowdown: 0 })) {
    const { cases } = forgebench.compareLaunches(launches);
    for (const [index, pair] of launches.entries())
      for (const [position, rule] of rules.entries())
        upward[position]?.add(pair.id, rule.judge(pair, cases[index] as (typeof cases)[number]).verdict === 'slower');
  }
  return upward.map((tally) => tally.share());
}

function noticedTable({ same, crossing }: States, { compareLaunches }: Forgebench): Table {
  const noticed = (pairs: readonly DayPair[], launches: number, slowdown: number) =>
    shareOf(
      [...goSuites(pairs, { launches, draws: 1, slowdown })].map(
        (suite) => compareLaunches(suite.pairs).machineState !== null,
      ),
    );
  return {
    caption: 'Comparisons of which forgebench says that the machine seems to have changed its state:',
    head: ['', 'it did', 'it did, a tenth slowed by 3 %', 'it did not', 'it did not, a tenth slowed by 3 %'],
    rows: SIZES.map(({ launches }) => [
      `${launches} launches`,
      ...[crossing, same].flatMap((pairs) => [0, 0.03].map((slowdown) => noticed(pairs, launches, slowdown))),
    ]),
  };
}
