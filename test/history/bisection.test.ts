// The search for a commit: what it asks, what it learns, and how often it is right.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generator, normal } from '../../scripts/random.js';
import { chanceOfChange, compareLaunches, DEFAULT_COMPARE_OPTIONS, launchesToTell } from '../../src/compare/index.js';
import {
  type Bisection,
  comparisonsLeft,
  learn,
  mostComparisons,
  nextToMeasure,
  skip,
  startBisection,
  suspectsOf,
} from '../../src/history/index.js';

describe('a search whose answers are always right', () => {
  it('finds each of 64 commits in 6 to 8 comparisons', () => {
    for (let culprit = 0; culprit < 64; culprit++) {
      const { found, comparisons } = search({
        commits: 64,
        culprit,
        confidence: 0.95,
        answer: (has) => (has ? 0.98 : 0.02),
      });
      expect(found).toEqual({ first: culprit, last: culprit });
      expect(comparisons).toBeGreaterThanOrEqual(6);
      expect(comparisons).toBeLessThanOrEqual(8);
    }
  });

  it('has nothing to ask where there is one commit', () => {
    expect(nextToMeasure(startBisection(1))).toBeUndefined();
    expect(suspectsOf(startBisection(1))).toEqual([{ first: 0, last: 0, probability: 1 }]);
  });

  it('refuses a history without a commit', () => {
    expect(() => startBisection(0)).toThrow('Cannot bisect 0 commits');
  });
});

describe('commits that are skipped', () => {
  it('are never asked for, and stay suspects beside the next one that was measured', () => {
    const skipped = new Set([2, 3]);
    const { found } = search({
      commits: 8,
      culprit: 3,
      confidence: 0.95,
      answer: (has) => (has ? 0.98 : 0.02),
      skipped,
    });
    expect(found).toEqual({ first: 2, last: 4 });
  });

  it('end the search where all are', () => {
    const none = [0, 1, 2].reduce(skip, startBisection(4));
    expect(nextToMeasure(none)).toBeUndefined();
    expect(suspectsOf(none)).toEqual([{ first: 0, last: 3, probability: 1 }]);
  });
});

describe('what is known', () => {
  it('always sums to 1, asks for what can be measured, and forecasts an end', () => {
    const answers = fc.array(fc.tuple(fc.boolean(), fc.double({ min: 0, max: 0.98, noNaN: true })), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), answers, (commits, given) => {
        let known = startBisection(commits);
        for (const [skips, changed] of given) {
          const next = nextToMeasure(known);
          if (next === undefined) break;
          expect(known.skipped.has(next) || next >= commits - 1).toBe(false);
          known = skips ? skip(known, next) : learn(known, next, changed);
          const sum = suspectsOf(known).reduce((all, { probability }) => all + probability, 0);
          expect(sum).toBeCloseTo(1, 9);
          expect(comparisonsLeft(known)).toBeGreaterThanOrEqual(1);
        }
      }),
      { seed: 1 },
    );
  });
});

describe('histories whose comparisons are real verdicts over noisy duets', () => {
  const TRIALS = 600;
  // As the verb goes about it: good and bad are settled first, and every other comparison has as many duets as their scatter asks for.
  const trials = (confidence: number, noise: number) => {
    const random = generator(Math.round(confidence * 100 + noise * 1000));
    const seen = { differ: 0, named: 0, right: 0, confirmed: 0, rightly: 0, comparisons: 0, bits: 0 };
    while (seen.differ < TRIALS) {
      const commits = 2 + Math.floor(random() * 127);
      const culprit = Math.floor(random() * commits);
      const change = Math.exp((random() < 0.5 ? -1 : 1) * (0.03 + random() * 0.7));
      const duets = duetsOf(noise * Math.abs(Math.log(change)), random);
      const measured = settled((count) => duets(change, count));
      if (measured.verdict !== 'slower' && measured.verdict !== 'faster') continue;
      const launches = launchesToTell(measured);
      const answer = (has: boolean) => chanceOfChange(judge(duets(has ? change : 1, launches), false), measured);
      const { found, comparisons } = search({ commits, culprit, confidence, answer });
      seen.differ++;
      seen.bits += Math.log2(commits);
      seen.comparisons += comparisons;
      if (found === undefined) continue;
      const isRight = found.last === culprit;
      seen.named++;
      if (isRight) seen.right++;
      if (settled((count) => duets(isRight ? change : 1, count)).verdict !== measured.verdict) continue;
      seen.confirmed++;
      if (isRight) seen.rightly++;
    }
    return seen;
  };

  const least = (confidence: number) => confidence - 3 * Math.sqrt((confidence * (1 - confidence)) / TRIALS);

  it.each([
    [0.8, 0.3, 1.3],
    [0.95, 0.3, 1.5],
    [0.99, 0.3, 1.7],
    [0.8, 1, 1.7],
    [0.95, 1, 1.7],
  ])(
    'names the right one in a share of %d at least, where a duet scatters by %d of the change, in %d comparisons for each bit',
    (confidence, noise, most) => {
      const { differ, named, right, comparisons, bits } = trials(confidence, noise);
      expect(right / named).toBeGreaterThan(least(confidence));
      expect(named / differ).toBeGreaterThan(0.98);
      expect(comparisons / bits).toBeLessThan(most);
    },
  );

  it('is kept right by the last measurement where duets scatter by twice the change, which is hardly seen at all', () => {
    const { confirmed, rightly } = trials(0.95, 2);
    expect(rightly / confirmed).toBeGreaterThan(least(0.95));
    expect(confirmed).toBeGreaterThan(TRIALS / 6);
  });
});

interface Search {
  commits: number;
  culprit: number;
  confidence: number;
  /** What a comparison says of a commit that has the change, or has not. */
  answer(has: boolean): number;
  skipped?: ReadonlySet<number>;
}

function search({ commits, culprit, confidence, answer, skipped = new Set() }: Search) {
  let known: Bisection = { ...startBisection(commits), skipped };
  for (let comparisons = 0; comparisons <= mostComparisons(commits); comparisons++) {
    const [best] = suspectsOf(known);
    const next = nextToMeasure(known);
    if (best === undefined || best.probability >= confidence || next === undefined) {
      return { found: best && { first: best.first, last: best.last }, comparisons };
    }
    known = learn(known, next, answer(next >= culprit));
  }
  return { found: undefined, comparisons: mostComparisons(commits) };
}

/** Makes ratios of duets whose logarithms scatter so much about that of a factor. */
function duetsOf(spread: number, random: () => number): (factor: number, count: number) => number[] {
  return (factor, count) => Array.from({ length: count }, () => factor * Math.exp(spread * normal(random)));
}

/** The verdict over duets, looked at when there are 5, 10, 15, 25 and 50. */
function settled(more: (count: number) => number[]) {
  const ratios: number[] = [];
  for (const stage of [5, 10, 15, 25]) {
    ratios.push(...more(stage - ratios.length));
    const verdict = judge(ratios, true);
    if (verdict.verdict !== 'unclear') return verdict;
  }
  return judge([...ratios, ...more(25)], true);
}

function judge(ratios: readonly number[], settling: boolean) {
  const pair = { id: 'a', base: ratios.map(() => 100), head: ratios.map((ratio) => 100 * ratio), duets: ratios };
  const { cases } = compareLaunches([pair], { ...DEFAULT_COMPARE_OPTIONS, interleaved: true, settling });
  return cases[0] as (typeof cases)[number];
}
