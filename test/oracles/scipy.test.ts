// The engine's statistics agree with scipy's on seeded random samples of many shapes.
import { describe, expect, it } from 'vitest';
import { generator, normal } from '../../scripts/random.js';
import { engine } from '../../src/native/index.js';
import { INSTALL_TIMEOUT_MS, pythonWith } from './python.js';

const scipy = pythonWith(['numpy==2.4.6', 'scipy==1.17.1']);
if ('missing' in scipy) process.stderr.write(`${scipy.missing}\n`);

/** Skips itself where scipy cannot be had; with `CI=true` this file has failed before. */
const compared = 'missing' in scipy ? it.skip : it;

function answers<Answer>(program: string, question: unknown): Answer[] {
  if ('missing' in scipy) throw new Error(scipy.missing);
  const body = `import numpy as np\nfrom scipy import stats\ndef one(q):\n${program.replace(/^/gm, '    ')}\nanswer = [one(q) for q in question]`;
  return scipy.ask<Answer[]>(body, question);
}

/** Samples of different sizes, shapes and ties; the second lies a little above. */
const PAIRS = [
  ...[4, 7, 12, 30, 100].flatMap((size) => [0, 1, 2].map((shape) => pair(size, size + 3, shape))),
  pair(3, 40, 1),
  pair(500, 700, 0),
  pair(2000, 1800, 2),
];

function pair(first: number, second: number, shape: number): { first: number[]; second: number[] } {
  const random = generator(31 * first + second + 1009 * shape);
  const draw = (shift: number) => () => {
    const z = normal(random) + shift;
    // Normal, skewed, and whole numbers with many ties.
    return [z, Math.exp(3 + 0.4 * z), Math.round(3 * z)][shape] as number;
  };
  return { first: Array.from({ length: first }, draw(0)), second: Array.from({ length: second }, draw(0.3)) };
}

/** Equal but for what rounding leaves of sums and tails. */
function expectNear(seen: number, expected: number, relative = 1e-12): void {
  const difference = Math.abs(seen - expected);
  expect(difference, `${seen}, expected ${expected}`).toBeLessThanOrEqual(
    relative * Math.max(Math.abs(expected), 1e-3),
  );
}

/** Compares each answer with what the engine makes of the same pair. */
function compare<Answer>(program: string, judge: (pair: Float64Pair, answer: Answer) => void): void {
  const given = answers<Answer>(program, PAIRS);
  expect(given).toHaveLength(PAIRS.length);
  for (const [index, { first, second }] of PAIRS.entries())
    judge([Float64Array.from(first), Float64Array.from(second)], given[index] as Answer);
}

type Float64Pair = [Float64Array, Float64Array];

/** U or t, then the p-values. */
interface Test {
  statistic: number;
  less: number;
  greater: number;
  twoSided: number;
}

const TESTS = `def three(f):
    r = {alternative: f(alternative) for alternative in ('less', 'greater', 'two-sided')}
    return {'statistic': float(r['less'].statistic), 'less': float(r['less'].pvalue), 'greater': float(r['greater'].pvalue), 'twoSided': float(r['two-sided'].pvalue)}
`;

function expectTest(seen: Omit<Test, 'statistic'> & { statistic: number }, expected: Test, relative?: number): void {
  for (const name of ['statistic', 'less', 'greater', 'twoSided'] as const)
    expectNear(seen[name], expected[name], relative);
}

describe('the engine agrees with scipy', { timeout: INSTALL_TIMEOUT_MS }, () => {
  compared('on Mann-Whitney by the normal distribution, with ties', () => {
    compare<Test>(
      `${TESTS}return three(lambda a: stats.mannwhitneyu(q['first'], q['second'], alternative=a, method='asymptotic'))`,
      ([first, second], expected) => {
        const { u, ...seen } = engine().mannWhitneyTest(first, second, 'asymptotic');
        expectTest({ statistic: u, ...seen }, expected);
      },
    );
  });

  compared('on Mann-Whitney by counting, where nothing is tied', () => {
    compare<Test | null>(
      `${TESTS}both = q['first'] + q['second']
if len(set(both)) < len(both) or len(both) > 70: return None
return three(lambda a: stats.mannwhitneyu(q['first'], q['second'], alternative=a, method='exact'))`,
      ([first, second], expected) => {
        if (expected === null) return;
        const { u, exact, ...seen } = engine().mannWhitneyTest(first, second);
        expect(exact).toBe(true);
        expectTest({ statistic: u, ...seen }, expected);
      },
    );
  });

  compared('on the signed-rank test, by counting', () => {
    compare<number | null>(
      `n = min(len(q['first']), len(q['second']), 40)
d = [a - b for a, b in zip(q['first'][:n], q['second'][:n])]
if len({abs(x) for x in d}) < n or 0 in d: return None
return float(stats.wilcoxon(d, mode='exact').pvalue)`,
      ([first, second], expected) => {
        if (expected === null) return;
        const n = Math.min(first.length, second.length, 40);
        const seen = engine().signedRank(
          Float64Array.from({ length: n }, (_, at) => (first[at] as number) - (second[at] as number)),
        );
        expectNear(seen, expected);
      },
    );
  });

  compared('on Welch’s and the paired t test', () => {
    compare<[Test, Test, number]>(
      `${TESTS}n = min(len(q['first']), len(q['second']))
return [three(lambda a: stats.ttest_ind(q['first'], q['second'], equal_var=False, alternative=a)),
        three(lambda a: stats.ttest_rel(q['first'][:n], q['second'][:n], alternative=a)),
        float(stats.ttest_ind(q['first'], q['second'], equal_var=False).df)]`,
      ([first, second], [welch, paired, freedom]) => {
        const { t, degreesOfFreedom, ...seen } = engine().welchTest(first, second);
        expectNear(degreesOfFreedom, freedom);
        expectTest({ statistic: t, ...seen }, welch, 1e-11);
        const size = Math.min(first.length, second.length);
        const pairs = engine().pairedTTest(first.subarray(0, size), second.subarray(0, size));
        expectTest({ statistic: pairs.t, ...pairs }, paired, 1e-11);
      },
    );
  });

  compared('on permutations that are all counted', () => {
    compare<{ two: Test; pairs: Test } | null>(
      `${TESTS}if len(q['first']) + len(q['second']) > 18: return None
def difference(x, y, axis): return np.mean(x, axis=axis) - np.mean(y, axis=axis)
n = min(len(q['first']), len(q['second']))
def test(kind, x, y): return three(lambda a: stats.permutation_test((x, y), difference, vectorized=True, permutation_type=kind, n_resamples=np.inf, alternative=a))
return {'two': test('independent', q['first'], q['second']), 'pairs': test('samples', q['first'][:n], q['second'][:n])}`,
      ([first, second], expected) => {
        if (expected === null) return;
        const { difference, exact, ...seen } = engine().permutationTest(first, second);
        expect(exact).toBe(true);
        expectTest({ statistic: difference, ...seen }, expected.two);
        const size = Math.min(first.length, second.length);
        const pairs = engine().pairedPermutationTest(first.subarray(0, size), second.subarray(0, size));
        expectTest({ statistic: pairs.difference, ...pairs }, expected.pairs);
      },
    );
  });

  compared('on effect sizes made from its parts', () => {
    compare<number[]>(
      `from scipy.special import gammaln
a, b = np.array(q['first']), np.array(q['second'])
n, m = len(a), len(b)
d = (a.mean() - b.mean()) / np.sqrt(((n - 1) * a.var(ddof=1) + (m - 1) * b.var(ddof=1)) / (n + m - 2))
f = n + m - 2
g = d * np.exp(gammaln(f / 2) - gammaln((f - 1) / 2)) / np.sqrt(f / 2)
u = stats.mannwhitneyu(a, b).statistic / (n * m)
return [float(each) for each in (d, g, 2 * u - 1, u, np.median(np.subtract.outer(a, b)))]`,
      (pair, expected) => {
        const seen = engine().effectSize(...pair);
        const values = [seen.cohensD, seen.hedgesG, seen.cliffsDelta, seen.varghaDelaney, seen.shift];
        for (const [index, value] of values.entries()) expectNear(value, expected[index] as number, 1e-11);
      },
    );
  });

  compared('on densities, to a millionth of their peak', () => {
    compare<{ ys: number[]; bandwidth: number }>(
      `x = np.array(q['first'])
k = stats.gaussian_kde(x, 'silverman')
h = float(np.sqrt(k.covariance[0, 0]))
return {'bandwidth': h, 'ys': k(np.linspace(x.min() - 3 * h, x.max() + 3 * h, 257)).tolist()}`,
      ([first], expected) => {
        const { ys, bandwidth } = engine().density(first, 257, 0);
        expectNear(bandwidth, expected.bandwidth);
        const peak = Math.max(...expected.ys);
        for (const [index, y] of expected.ys.entries())
          expect(Math.abs((ys[index] as number) - y)).toBeLessThanOrEqual(1e-6 * peak);
      },
    );
  });

  compared('on the interval of a quantile by order statistics', () => {
    compare<number[]>(
      `ends = []
for p in (0.1, 0.5, 0.75):
    r = stats.quantile_test(q['first'], q=0, p=p).confidence_interval(0.95)
    ends += [float(r.low), float(r.high)]
return [None if np.isnan(end) else end for end in ends]`,
      ([first], expected) => {
        const seen = [0.1, 0.5, 0.75].flatMap((at) => {
          const { low, high } = engine().quantileInterval(first, at, 0.95);
          // Adding 0 makes one of both zeros.
          return [low, high].map((end) => (Number.isFinite(end) ? end + 0 : null));
        });
        expect(seen).toEqual(expected.map((end) => (end === null ? null : end + 0)));
      },
    );
  });

  compared('on the bootstrap of a mean, as far as resamples are alike', () => {
    const methods = ['percentile', 'basic', 'bias-corrected'] as const;
    compare<{ mean: number[][]; error: number } | null>(
      `x = np.array(q['first'])
if len(x) < 30: return None
def interval(method):
    r = stats.bootstrap((x,), np.mean, n_resamples=40000, method=method, rng=np.random.default_rng(7)).confidence_interval
    return [float(r.low), float(r.high)]
return {'mean': [interval(method) for method in ('percentile', 'basic', 'BCa')], 'error': float(x.std(ddof=1) / np.sqrt(len(x)))}`,
      ([first], expected) => {
        // Means of few values are so few that a tail jumps from one to the next.
        if (expected === null) return;
        const { mean, error } = expected;
        for (const [index, method] of methods.entries()) {
          const { low, high } = engine().bootstrapMean(first, 0.95, method, { resamples: 40_000 });
          const [expectedLow, expectedHigh] = mean[index] as [number, number];
          // Two draws of 40,000 have tails that lie some hundredths of a standard error apart.
          expect(Math.abs(low - expectedLow)).toBeLessThan(0.1 * error);
          expect(Math.abs(high - expectedHigh)).toBeLessThan(0.1 * error);
        }
      },
    );
  });

  compared('on the bootstrap of quantiles, whose resamples leave as many outside as promised', () => {
    const small = PAIRS.filter(({ first }) => first.length <= 100).map(({ first }) => first);
    const ends = (values: number[], at: number): number[] => {
      const { low, high } = engine().bootstrapQuantile(Float64Array.from(values), at, 0.9);
      return [low, high];
    };
    const question = small.map((values) => ({ values, ends: [0.5, 0.9].map((at) => ends(values, at)) }));
    const given = answers<{ below: number; upto: number }[]>(
      `drawn = np.quantile(np.random.default_rng(3).choice(q['values'], (20000, len(q['values']))), [0.5, 0.9], axis=1)
def shares(values, end):
    slack = 1e-9 * abs(end)
    return {'below': float((values < end - slack).mean()), 'upto': float((values <= end + slack).mean())}
return [shares(values, end) for values, ends in zip(drawn, q['ends']) for end in ends]`,
      question,
    );
    // A draw of 20,000 has tails of 5 % give or take 0.15 %.
    for (const shares of given)
      for (const [index, { below, upto }] of shares.entries()) {
        const promised = index % 2 === 0 ? 0.05 : 0.95;
        expect(below).toBeLessThan(promised + 0.008);
        expect(upto).toBeGreaterThan(promised - 0.008);
      }
  });

  compared('on p-values of many tests', () => {
    const random = generator(11);
    const question = Array.from({ length: 20 }, (_, size) => Array.from({ length: size + 1 }, () => random() ** 3));
    const given = answers<number[]>("return stats.false_discovery_control(q, method='bh').tolist()", question);
    for (const [index, p] of question.entries())
      for (const [place, seen] of engine().falseDiscoveryRates(Float64Array.from(p)).entries())
        expectNear(seen, given[index]?.[place] as number);
  });
});
