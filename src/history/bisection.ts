// Which of many commits made a change, from comparisons that may be wrong.

/** What is known so far of where a change came in. A value: every answer makes a new one. */
export interface Bisection {
  /** How likely each commit is the one, the oldest first; they sum to 1. */
  probabilities: readonly number[];
  /** Commits that cannot be measured, by index. */
  skipped: ReadonlySet<number>;
}

/** Commits that no comparison can tell apart: the last of them, and those that were skipped right before it. */
export interface Suspects {
  /** Index of the first of them. */
  first: number;
  /** Index of the last, which can be measured. */
  last: number;
  /** How likely the change came in with one of them, from 0 to 1. */
  probability: number;
}

/** Bits that an answer tells whose chance of being wrong is 1 in 50 (capacity of the binary symmetric channel). */
const BITS_OF_AN_ANSWER = 0.859;

/**
 * Begins a search in which each commit is as likely as any other.
 *
 * @param commits how many there are after the good one, the bad one included
 * @throws RangeError where there is none
 */
export function startBisection(commits: number): Bisection {
  if (!(Number.isInteger(commits) && commits > 0))
    throw new RangeError(`Cannot bisect ${commits} commits: there has to be at least one`);
  return { probabilities: Array.from({ length: commits }, () => 1 / commits), skipped: new Set() };
}

/**
 * The commit to compare with the good one next: the one that parts the probability most evenly, which tells most.
 *
 * This is probabilistic bisection: Horstein, "Sequential transmission using noiseless feedback" (1963); Waeber, Frazier and
 * Henderson, "Bisection search with noisy responses" (2013). A commit may be asked for more than once.
 *
 * @returns its index; undefined where only one group of suspects is left
 * @example
 * nextToMeasure(startBisection(8)); // 3: four commits up to it, four after it
 */
export function nextToMeasure({ probabilities, skipped }: Bisection): number | undefined {
  let [sum, best, least] = [0, undefined as number | undefined, Number.POSITIVE_INFINITY];
  // The last commit is the bad one: that the change is not after it is known.
  for (const [index, probability] of probabilities.slice(0, -1).entries()) {
    sum += probability;
    const unevenness = Math.abs(sum - 0.5);
    if (skipped.has(index) || unevenness >= least) continue;
    [best, least] = [index, unevenness];
  }
  return best;
}

/**
 * What is known after a comparison, by Bayes' theorem.
 *
 * @param index the commit that was compared with the good one
 * @param changed how likely it is, by that comparison alone, that this commit has the change, from 0 to 1
 * @example
 * learn(startBisection(2), 0, 0.98).probabilities; // [0.98, 0.02]
 */
export function learn(bisection: Bisection, index: number, changed: number): Bisection {
  const weights = bisection.probabilities.map((each, at) => each * (at <= index ? changed : 1 - changed));
  const sum = weights.reduce((all, each) => all + each, 0);
  return { ...bisection, probabilities: weights.map((each) => each / sum) };
}

/** Takes a commit out of those that can be measured; that the change came in with it stays possible. */
export function skip(bisection: Bisection, index: number): Bisection {
  return { ...bisection, skipped: new Set([...bisection.skipped, index]) };
}

/**
 * Groups of commits that no comparison can tell apart, the likeliest first: that the change came in with a commit that could
 * not be measured shows at the next one that can.
 */
export function suspectsOf({ probabilities, skipped }: Bisection): Suspects[] {
  const groups: Suspects[] = [];
  let first = 0;
  for (const last of probabilities.keys()) {
    if (skipped.has(last) && last < probabilities.length - 1) continue;
    const probability = probabilities.slice(first, last + 1).reduce((all, each) => all + each, 0);
    groups.push({ first, last, probability });
    first = last + 1;
  }
  return groups.sort((a, b) => b.probability - a.probability);
}

/** About how many comparisons are left: the bits that are missing over those that a comparison tells. At least 1. */
export function comparisonsLeft(bisection: Bisection): number {
  const bits = suspectsOf(bisection).reduce(
    (sum, { probability }) => sum - (probability > 0 ? probability * Math.log2(probability) : 0),
    0,
  );
  return Math.max(1, Math.ceil(bits / BITS_OF_AN_ANSWER));
}

/** Comparisons after which more are not likely to bring the search to its end, for so many commits. */
export function mostComparisons(commits: number): number {
  return 4 * Math.ceil(Math.log2(commits)) + 12;
}
